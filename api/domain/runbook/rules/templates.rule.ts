// Every `${name}` in a text is a value that there is, and one that may be shown where it stands for something people read.
import type { Finding, Path } from '../place.ts';
import { hasStrayPlace, templateNames } from '../template.ts';
import { namesOf, remedyFor } from './names.ts';
import type { Names } from './names.ts';
import type { RuleContext } from './rule.ts';
import { templatesIn } from './template-texts.ts';
import type { TemplateText } from './template-texts.ts';

export function templatesRule(context: RuleContext): readonly Finding[] {
  const names = namesOf(context);
  return [...templatesIn(context).flatMap((text) => textFindings(text, names)), ...targetFindings(context, names)];
}

function textFindings({ text, path, by, hasItem, isShown }: TemplateText, { inputs, captures, secrets }: Names): readonly Finding[] {
  if (hasStrayPlace(text)) return [strayPlace(path, by)];
  const known = new Set([...inputs, ...captures, ...(hasItem ? ['item'] : [])]);
  return templateNames(text).flatMap((name): readonly Finding[] => {
    if (!known.has(name)) {
      const remedy = name === 'item' ? 'It is there only with `foreach`.' : remedyFor(name, known);
      return [{ code: 'unknown-variable', path, message: `${by} uses \`${place(name)}\`, which is not a value of this runbook.`, remedy }];
    }
    return isShown && secrets.has(name) ? [secretShown({ path, by, name })] : [];
  });
}

/** Targets are looked up when the plan is made: nothing has been captured by then. */
function targetFindings({ raw }: RuleContext, { secrets }: Names): readonly Finding[] {
  const inputs = raw.inputs ?? {};
  const hosts = Object.entries(inputs).flatMap(([name, { type }]) => (type === 'host' ? name : []));
  return Object.entries(raw.targets ?? {}).flatMap(([target, written]) => {
    if (written === 'local') return [];
    const own = ['targets', target];
    const texts = [
      ...(written.host === undefined ? [] : [{ text: written.host, path: [...own, 'host'] }]),
      ...(written.hosts ?? []).map((text, index) => ({ text, path: [...own, 'hosts', index] })),
    ];
    const by = `The target \`${target}\``;
    return texts.flatMap(({ text, path }): readonly Finding[] => {
      if (hasStrayPlace(text)) return [strayPlace(path, by)];
      return templateNames(text).flatMap((name): readonly Finding[] => {
        if (hosts.includes(name)) return secrets.has(name) ? [secretShown({ path, by, name })] : [];
        const isInput = Object.hasOwn(inputs, name);
        const message = `${by} uses \`${place(name)}\`, which is not an input of type host.`;
        return [{ code: 'unknown-variable', path, message, remedy: isInput ? 'Write `type: host` at the input.' : remedyFor(name, hosts) }];
      });
    });
  });
}

function strayPlace(path: Path, by: string): Finding {
  const message = `${by} has a \`\${\` that is not the name of a value in braces.`;
  return { code: 'bad-place', path, message, remedy: 'Write `${name}` with small letters, or `$${` for the characters themselves.' };
}

function secretShown({ path, by, name }: { readonly path: Path; readonly by: string; readonly name: string }): Finding {
  const message = `${by} shows the secret \`${name}\` to people.`;
  return { code: 'secret-shown', path, message, remedy: 'Leave it out here; secrets are for commands and requests.' };
}

function place(name: string): string {
  return `\${${name}}`;
}
