// German texts of who steers a drill, and of drills that are taken up after their end.
export const controlling = {
  charge: {
    since: 'Leitung: {name} seit {time}',
    takeOver: 'Übernehmen…',
    takeOverHelp: 'Ab dann leiten Sie die Übung.',
    takeOverTitle: '{id} übernehmen',
    takeOverText: '{name} leitet die Übung. Ab dann leiten Sie sie, und alle, die sie ansehen, sehen das. Was läuft, läuft weiter.',
    takeOverSend: 'Übernehmen',
  },
  reopen: {
    title: 'Sie kann weitergehen',
    text: 'Die Übung endete um {time}. Bis einen Tag danach kann sie dort weitergehen, wo sie stehen blieb; was getan ist, wird nicht noch einmal getan.',
    open: 'Dort weitermachen…',
    openTitle: 'Mit {id} weitermachen',
    openText:
      'Die Übung ist dann angehalten, und Sie leiten sie. Wiederholen Sie, was scheiterte, oder lassen Sie es aus; dann setzen Sie fort. Sie kann mit Abweichungen bestehen; die Zeit dazwischen zählt.',
    stoppedAt: 'Stehen geblieben bei: {steps}.',
    openSend: 'Übung wieder öffnen',
    revert: 'Jetzt rückgängig machen…',
    revertTitle: 'Rückgängig machen, was {id} hinterließ',
    revertText:
      'Was sich rückgängig machen lässt, wird auf seinen Hosts rückgängig gemacht, der letzte Schritt zuerst. Das Ergebnis der Übung bleibt.',
    revertSend: 'Rückgängig machen',
    wasReopened: '{state} um {ended}; wieder geöffnet um {time} von {by}: {reason}',
    wasReverted: '{state} um {ended}; was blieb, ab {time} rückgängig gemacht von {by}: {reason}',
  },
  stopAll: {
    open: 'Alle Übungen anhalten…',
    title: 'Alle Übungen anhalten',
    text: 'Jede laufende Übung wird angehalten. Was auf Hosts läuft, läuft zu Ende; weiter beginnt nichts, bis jemand die Übung fortsetzt. Was später fällig ist, beginnt trotzdem: Schalten Sie dessen Zeitpläne aus, wenn es nicht beginnen darf.',
    these: 'Diese Übung wird angehalten: | Diese {count} Übungen werden angehalten:',
    nothing: 'Jetzt läuft keine Übung. Eine, die beginnt, bevor Sie dies senden, wird angehalten.',
    send: 'Alle Übungen anhalten',
    done: 'Angehalten: {ids}.',
    none: 'Es lief keine Übung.',
    not: 'wurde nicht angehalten.',
  },
};
