// What runs on a host: functions of a long-lived `sh` that start commands, find them again and end them. POSIX sh only; nothing is installed.
import { killLoop } from '../domain/drill/shell-wrapper.ts';

/** Kept of each stream; what is more is cut in its middle. */
export const KEPT_BYTES = 10 * 1_024 * 1_024;
const BLOCK_BYTES = 65_536;
const KEPT_BLOCKS = KEPT_BYTES / BLOCK_BYTES;
/** In blocks of 512 bytes: output that grows beyond this is cut on the host, so that a flood does not fill its disk. */
const FLOOD_BLOCKS = 65_536;
/** Files that nobody came back for. Much longer than any command may run. */
const SWEEP_DAYS = 14;

/** The program of every lane: it reads requests from its stdin. */
export const LANE_COMMAND = 'exec sh';

/**
 * A request is one line, `muster_…` with quoted words: a shell that gets half of one runs nothing of it. Its answer stands on both streams between
 * marks: a byte that text has no use for, and a word which nobody can guess. `word+` opens, `word!pid` says that a durable command has started,
 * `word-state` closes.
 *
 * A durable command is a handful of files in a folder that only its user can read: `claim` (who may start it; made with O_EXCL, so exactly one can
 * win it), `pid` (with the instant of its start, once it has run for a second), `out`, `err`, `stop` (why it was ended) and `result`, which counts when its line is whole. The folder lies where a reboot does not
 * clear it: a claim that had vanished would look like one that was never made. The command has a session of its own, so that ending it ends its
 * children, and the end of the connection ends nothing. One watchdog for each lane ends it when its time is over and Muster is not there to do so. Hosts can share their home folders, so what stands in for a process names its boot and its start as well.
 */
export const HOST_PROGRAM = String.raw`muster_begin() { printf '\036%s+\n' "$1"; printf '\036%s+\n' "$1" >&2; }
muster_end() { printf '\036%s-%s\n' "$1" "$2"; printf '\036%s-\n' "$1" >&2; }
muster_do() {
  muster_begin "$1"
  ( muster_t=$2; set --; set -eu; eval "unset muster_t; $muster_t" ) </dev/null
  muster_end "$1" "exit $?"
}
muster_since() {
  muster_x=
  { read -r muster_x <"/proc/$1/stat"; } 2>/dev/null
  [ -n "$muster_x" ] || { muster_x=-; return 0; }
  set -- @{muster_x##*) }
  case $1 in Z|X) muster_x=ended ;; *) muster_x=@{20} ;; esac
}
muster_home() {
  [ -z "$muster_d" ] || return 0
  if [ -d "@{HOME-}" ] && [ -w "$HOME" ]; then muster_d=$HOME/.muster; else muster_d=/var/tmp/.muster-$(id -u); fi
  [ -d "$muster_d" ] || muster_e=$(mkdir -m 700 "$muster_d" 2>&1) || [ -d "$muster_d" ] || { echo "$muster_e" >&2; muster_d=; return 1; }
  if [ -h "$muster_d" ] || ! [ -O "$muster_d" ]; then echo "$muster_d belongs to somebody else" >&2; muster_d=; return 1; fi
  muster_b=-
  { read -r muster_b </proc/sys/kernel/random/boot_id; } 2>/dev/null
  muster_since $$
  muster_me="$$ $muster_x $muster_b"
  muster_l=$muster_d/lane.$$-$muster_x-$muster_b
  muster_s=
  ! command -v setsid >/dev/null 2>&1 || muster_s=setsid
}
muster_run() {
  muster_begin "$1"
  muster_home || { muster_end "$1" none; return; }
  muster_f=$muster_d/$2
  [ -n "@{muster_k-}" ] || { muster_watch </dev/null >/dev/null 2>&1 & muster_k=$!; }
  set -C
  { printf '%s\n' "$muster_me" >"$muster_f.claim"; } 2>/dev/null
  muster_c=$?
  set +C
  if [ $muster_c -ne 0 ]; then
    if [ -s "$muster_f.claim" ]; then muster_end "$1" taken; return; fi
    printf '%s\n' "$muster_me" >"$muster_f.claim"
    rm -f "$muster_f.claim"
    muster_end "$1" none
    return
  fi
  $muster_s $4 <<E >>"$muster_f.out" 2>>"$muster_f.err" &
$5
E
  muster_p=$!
  printf '%s\n' "$muster_p - $muster_b" >"$muster_f.pid"
  printf '%s\n' "$2 $muster_p $3 $6" >"$muster_l"
  printf '\036%s!%s\n' "$1" "$muster_p"
  wait "$muster_p"
  muster_c=$?
  while kill -0 "$muster_p" 2>/dev/null; do wait "$muster_p"; muster_c=$?; done
  set -C
  printf '%s\n' "exit $muster_c" >"$muster_f.result"
  set +C
  muster_q=
  [ ! -e "$muster_f.stop" ] || read -r muster_q <"$muster_f.stop"
  if [ -e "$muster_f.live" ]; then muster_end "$1" "part exit $muster_c $muster_q"; return; fi
  if [ -s "$muster_f.out" ]; then dd if="$muster_f.out" bs=#BLOCK count=#KEPT 2>/dev/null; fi
  if [ -s "$muster_f.err" ]; then dd if="$muster_f.err" bs=#BLOCK count=#KEPT 2>/dev/null 1>&3; fi 3>&2
  muster_end "$1" "whole exit $muster_c $muster_q"
}
muster_watch() {
  muster_w=
  muster_n=0
  while kill -0 $$ 2>/dev/null || { [ -n "$muster_w" ] && kill -0 "$muster_p" 2>/dev/null; }; do
    sleep 1
    muster_i=
    { read -r muster_i muster_p muster_m muster_u <"$muster_l"; } 2>/dev/null
    [ -z "$muster_i" ] || [ ! -e "$muster_d/$muster_i.result" ] || muster_i=
    [ -z "$muster_i" ] || [ -e "$muster_d/$muster_i.claim" ] || muster_i=
    if [ "$muster_i" != "$muster_w" ]; then
      muster_w=$muster_i
      muster_n=0
      muster_since "@{muster_p:--}"
      if [ -n "$muster_w" ]; then
        printf '%s\n' "$muster_p $muster_x $muster_b" >"$muster_d/$muster_w.pid"
        [ -e "$muster_d/$muster_w.claim" ] || rm -f "$muster_d/$muster_w.pid"
      fi
    fi
    [ -n "$muster_w" ] || continue
    muster_n=$((muster_n+1))
    [ $muster_n -le "$muster_m" ] || muster_stop "$muster_w" timed-out "$muster_u"
    for muster_o in out err; do
      muster_o=$muster_d/$muster_w.$muster_o
      [ -n "$(find "$muster_o" -size +#FLOOD 2>/dev/null)" ] || continue
      [ -e "$muster_o.head" ] || { dd if="$muster_o" of="$muster_o.new" bs=#BLOCK count=#KEPT && mv "$muster_o.new" "$muster_o.head"; } || continue
      printf '' >"$muster_o"
    done
  done
  rm -f "$muster_l"
}
muster_alive() {
  [ -r "$1" ] || return 1
  muster_y=
  read -r muster_p muster_y muster_z <"$1"
  [ "$muster_z" = "$muster_b" ] || return 1
  muster_since "$muster_p"
  [ "$muster_x" = - ] || [ "$muster_y" = - ] || [ "$muster_x" = "$muster_y" ] || return 1
  kill -0 "$muster_p" 2>/dev/null || kill -0 "-$muster_p" 2>/dev/null
}
muster_state() {
  muster_r=
  [ ! -e "$1.result" ] || read -r muster_r <"$1.result" || muster_r=
  [ -n "$muster_r" ] || return 0
  muster_q=
  [ ! -e "$1.stop" ] || read -r muster_q <"$1.stop"
  muster_r="$muster_r $muster_q"
}
muster_look() {
  [ -z "$muster_r" ] || return 0
  muster_r=free
  ! { read -r muster_u muster_v </proc/uptime; } 2>/dev/null || muster_r="free $muster_u"
  set -C
  { printf 'void\n' >"$1.claim"; } 2>/dev/null
  muster_c=$?
  set +C
  [ $muster_c -ne 0 ] || return 0
  muster_v=
  read -r muster_v <"$1.claim"
  [ "$muster_v" != void ] || return 0
  muster_r=alive
  ! muster_alive "$1.claim" || return 0
  ! muster_alive "$1.pid" || return 0
  muster_state "$1"
  [ -n "$muster_r" ] || muster_r=gone
}
muster_part() {
  muster_o=$1
  [ ! -e "$1.head" ] || muster_o=$1.head
  [ ! -s "$muster_o" ] || tail -c "+$(($2+1))" "$muster_o" | head -c "$3"
}
muster_poll() {
  muster_begin "$1"
  muster_home || { muster_end "$1" none; return; }
  muster_f=$muster_d/$2
  [ -e "$muster_f.live" ] || printf '' >"$muster_f.live"
  muster_state "$muster_f"
  muster_look "$muster_f"
  muster_part "$muster_f.out" "$3" "$5"
  muster_part "$muster_f.err" "$4" "$5" >&2
  muster_g=
  [ ! -e "$muster_f.out.head" ] || muster_g=o
  [ ! -e "$muster_f.err.head" ] || muster_g=@{muster_g}e
  muster_end "$1" "$muster_r/$muster_g"
}
muster_tail() {
  muster_begin "$1"
  muster_home || { muster_end "$1" none; return; }
  tail -c "$3" "$muster_d/$2"
  muster_end "$1" "$(wc -c <"$muster_d/$2")"
}
muster_stop() {
  muster_alive "$muster_d/$1.pid" || return 0
  [ -e "$muster_d/$1.stop" ] || printf '%s\n' "$2" >"$muster_d/$1.stop"
  $3 sh -c "$muster_kill" sh "$muster_p"
}
muster_quit() {
  muster_begin "$1"
  muster_home || { muster_end "$1" none; return; }
  muster_stop "$2" "$3" "$4"
  muster_end "$1" "exit $?"
}
muster_forget() {
  muster_begin "$1"
  muster_n=$1
  shift
  muster_home || { muster_end "$muster_n" none; return; }
  (
    cd "$muster_d" || exit 1
    muster_l=
    for muster_i do muster_l="$muster_l $muster_i.*"; done
    rm -f $muster_l
    [ -n "@{muster_h-}" ] || find . -type f -mtime +#DAYS -exec rm -f {} +
  )
  muster_h=swept
  muster_end "$muster_n" "exit $?"
}
muster_d=
muster_kill='#LOOP'
trap : HUP PIPE
printf '\nmuster-lane %s\n' $$
`
  .replaceAll('@{', '${')
  .replaceAll('#BLOCK', String(BLOCK_BYTES))
  .replaceAll('#KEPT', String(KEPT_BLOCKS))
  .replaceAll('#FLOOD', String(FLOOD_BLOCKS))
  .replaceAll('#DAYS', String(SWEEP_DAYS))
  .replace('#LOOP', killLoop('$1'));

/** What a durable command is, as its host is told. */
export interface Durable {
  readonly id: string;
  readonly script: string;
  readonly limitS: number;
  readonly shell: string;
  readonly become: string | undefined;
}

export function doRequest(word: string, script: string): string {
  return request('muster_do', [word, script]);
}

/** With another shell or as another user the first line of output is `id`: without it nothing of the script has been run. */
export function runRequest(word: string, { id, script, limitS, shell, become }: Durable): string {
  const prefix = asUser(become);
  const announced = isAnnounced({ shell, become }) ? `printf '%s\\n' ${id}; ` : '';
  // Elsewhere than at home the other user may not even look: tools would complain about the folder they stand in.
  const place = become === undefined ? '' : 'cd 2>/dev/null || cd /; ';
  return request('muster_run', [word, id, String(limitS), `${prefix}${shell} -eu`, `${place}${announced}eval ${quoted(script)} </dev/null`, prefix]);
}

export function isAnnounced({ shell, become }: Pick<Durable, 'shell' | 'become'>): boolean {
  return shell !== 'sh' || become !== undefined;
}

export interface Places {
  readonly stdout: number;
  readonly stderr: number;
}

/** What came on each stream from these places on, at most `most` bytes, and how the command stands. */
export function pollRequest(word: string, id: string, { from, most }: { readonly from: Places; readonly most: number }): string {
  return request('muster_poll', [word, id, String(from.stdout), String(from.stderr), String(most)]);
}

export function tailRequest(word: string, id: string, { stream, bytes }: { readonly stream: 'out' | 'err'; readonly bytes: number }): string {
  return request('muster_tail', [word, `${id}.${stream}`, String(bytes)]);
}

/** Ends its process group: exit 0 once that is gone. */
export function quitRequest(word: string, id: string, why: { readonly reason: string; readonly become: string | undefined }): string {
  return request('muster_quit', [word, id, why.reason, asUser(why.become)]);
}

export function forgetRequest(word: string, ids: readonly string[]): string {
  return request('muster_forget', [word, ...ids]);
}

function asUser(become: string | undefined): string {
  return become === undefined ? '' : `sudo -n -u ${become} -- `;
}

function request(name: string, words: readonly string[]): string {
  return `${name} ${words.map(quoted).join(' ')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
