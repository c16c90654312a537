// The filters of the list of services, as the URL has them.
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { SchemaEnum } from '../../graphql/graphql.ts';
import { oneOf, useUrlText } from '../../composables/use-url-state.ts';
import { COLUMNS, LENSES, ROWS } from '../lens/lens-rectangle.ts';
import { BANDS } from '../state/states.ts';

export const SORTS = ['FIX_FIRST', 'SCORE', 'TIER', 'NAME', 'LAST_DRILL'] as const satisfies readonly SchemaEnum<'ServiceSort'>[];
const FILTERS = ['lens', 'operatedBy', 'reach', 'tier', 'band', 'owner', 'department', 'text'] as const;

/** Each filter as a ref on the URL, and the filter as the API takes it. */
export function useServiceFilter() {
  const route = useRoute();
  const router = useRouter();
  const [lens, operatedBy, reach, tier] = [useUrlText('lens'), useUrlText('operatedBy'), useUrlText('reach'), useUrlText('tier')];
  const [band, owner, department, text, sortWord] = [
    useUrlText('band'),
    useUrlText('owner'),
    useUrlText('department'),
    useUrlText('text'),
    useUrlText('sort'),
  ];
  const filter = computed(() => ({
    lens: oneOf(LENSES, lens.value),
    operatedBy: oneOf(ROWS, operatedBy.value),
    reach: oneOf(COLUMNS, reach.value),
    tier: /^[1-4]$/u.test(tier.value) ? Number(tier.value) : null,
    band: oneOf(BANDS, band.value),
    owner: owner.value || null,
    department: department.value || null,
    text: text.value || null,
  }));
  return {
    lens,
    operatedBy,
    reach,
    tier,
    band,
    owner,
    department,
    text,
    sortWord,
    sort: computed(() => oneOf(SORTS, sortWord.value) ?? 'FIX_FIRST'),
    filter,
    isFiltered: computed(() => FILTERS.some((name) => route.query[name] !== undefined)),
    clear: () => void router.replace({ query: sortWord.value ? { sort: sortWord.value } : {} }),
  };
}
