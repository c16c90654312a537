// Filters and sort live in the URL: a link is a saved view. Empty values leave the query.
import { type WritableComputedRef, computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** One query parameter as a ref; `''` when it is not there. Changing it replaces the entry in the history. */
export function useUrlText(name: string): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => firstText(route.query[name]),
    set: (value) => {
      const { [name]: _gone, ...rest } = route.query;
      void router.replace({ query: value === '' ? rest : { ...rest, [name]: value }, hash: route.hash });
    },
  });
}

/** The parameter when it is one of the allowed words, else null: a URL is typed by people. */
export function oneOf<Word extends string>(words: readonly Word[], value: string): Word | null {
  return words.find((word) => word === value) ?? null;
}

function firstText(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}
