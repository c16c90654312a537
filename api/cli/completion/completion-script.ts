// Completion scripts for shells, from the description of the program.
import type { Command, Option } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(program: Command, shell: Shell): string {
  const verbs = verbsOf(program, []);
  switch (shell) {
    case 'bash':
      return bash(verbs);
    case 'zsh':
      return zsh(verbs);
    case 'fish':
      return fish(verbs);
  }
}

interface VerbWords {
  /** `account create`; empty for the program itself. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly subverbs: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly OptionWords[];
}

interface OptionWords {
  readonly flags: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

function verbsOf(command: Command, path: readonly string[]): readonly VerbWords[] {
  const subverbs = command.commands.map((own) => ({ name: own.name(), summary: own.description() }));
  const options = [...command.options.map(optionWords), { flags: ['--help'], summary: 'explain it', takesValue: false, choices: [] }];
  return [{ path, summary: command.description(), subverbs, options }, ...command.commands.flatMap((own) => verbsOf(own, [...path, own.name()]))];
}

function optionWords(option: Option): OptionWords {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined && flag !== null);
  return { flags, summary: option.description, takesValue: option.required, choices: option.argChoices ?? [] };
}

/** One `case` for each verb; files complete where nothing else does. */
function bash(verbs: readonly VerbWords[]): string {
  const cases = verbs.map(({ path, subverbs, options }) => {
    const words = [...subverbs.map(({ name }) => name), ...options.flatMap(({ flags }) => flags)];
    return `    "${path.join(' ')}") words="${words.join(' ')}" ;;`;
  });
  return `# Completion of muster for bash: source <(muster completion bash)
_muster() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${verbs
      .map(({ path }) => path.join('_'))
      .filter(Boolean)
      .join(' ')} " in *" \${path:+\${path// /_}_}$word "*) path="\${path:+$path }$word" ;; esac
  done
  case "$path $previous" in
${choiceCases(verbs)}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ \${#COMPREPLY[@]} -gt 0 || "$current" == -* ]] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _muster muster`;
}

function choiceCases(verbs: readonly VerbWords[]): string {
  const cases = verbs.flatMap(({ path, options }) =>
    options.flatMap(({ flags, choices, takesValue }) => {
      if (choices.length > 0)
        return flags.map((flag) => `    "${path.join(' ')} ${flag}") COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`);
      return takesValue ? flags.map((flag) => `    "${path.join(' ')} ${flag}") COMPREPLY=($(compgen -f -- "$current")); return ;;`) : [];
    }),
  );
  return cases.join('\n');
}

/** zsh runs completions of bash; verbs and options are the same. */
function zsh(verbs: readonly VerbWords[]): string {
  return `#compdef muster\nautoload -U +X bashcompinit && bashcompinit\n${bash(verbs)}`;
}

function fish(verbs: readonly VerbWords[]): string {
  const lines = verbs.flatMap(({ path, subverbs, options }) => {
    const names = subverbs.map(({ name }) => name);
    const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    const none = names.length === 0 ? '' : `not __fish_seen_subcommand_from ${names.join(' ')}`;
    const here = [seen, none].filter((part) => part !== '').join('; and ');
    const when = here === '' ? '' : ` -n ${quoted(here)}`;
    return [
      ...subverbs.map(({ name, summary }) => `complete -c muster${when} -f -a ${name} -d ${quoted(summary)}`),
      ...options.map((option) => `complete -c muster${when}${fishOption(option)} -d ${quoted(option.summary)}`),
    ];
  });
  return ['# Completion of muster for fish', ...lines].join('\n');
}

function fishOption({ flags, takesValue, choices }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join('');
  if (choices.length > 0) return `${names} -x -a ${quoted(choices.join(' '))}`;
  return takesValue ? `${names} -r` : names;
}

/** For single quotes, in which fish takes a backslash as an escape. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
