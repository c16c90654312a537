// English texts of who steers a drill, and of drills that are taken up after their end.
export const controlling = {
  charge: {
    since: 'in charge: {name} since {time}',
    takeOver: 'Take over…',
    takeOverHelp: 'You are in charge of the drill from then on.',
    takeOverTitle: 'Take over {id}',
    takeOverText: '{name} is in charge now. From then on you are, and everybody who looks at the drill sees that. What runs goes on.',
    takeOverSend: 'Take over',
  },
  reopen: {
    title: 'It can go on',
    text: 'The drill ended at {time}. Until a day after that it can go on from where it stopped; what was done is not done again.',
    open: 'Go on from there…',
    openTitle: 'Go on with {id}',
    openText:
      'The drill is paused then, and you are in charge. Retry or skip what failed, then resume. It can pass with deviations; the time in between counts.',
    stoppedAt: 'It stopped at: {steps}.',
    openSend: 'Reopen the drill',
    revert: 'Undo it now…',
    revertTitle: 'Undo what {id} left behind',
    revertText: 'What can be undone is undone on its hosts, the last step first. The result of the drill stays as it is.',
    revertSend: 'Undo it',
    wasReopened: '{state} at {ended}; reopened at {time} by {by}: {reason}',
    wasReverted: '{state} at {ended}; what was left behind undone from {time} on by {by}: {reason}',
  },
  stopAll: {
    open: 'Stop all drills…',
    title: 'Stop all drills',
    text: 'Every drill under way is paused. What runs on hosts ends by itself; nothing further starts until somebody resumes the drill. Drills that are due later start all the same: switch off their schedules if they must not.',
    these: 'This drill is paused: | These {count} drills are paused:',
    nothing: 'No drill is under way now. One that starts before you send this is paused.',
    send: 'Stop all drills',
    done: 'Paused: {ids}.',
    none: 'No drill was under way.',
    not: 'was not paused.',
  },
};
