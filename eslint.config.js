import vue from 'eslint-plugin-vue';
import a11y from 'eslint-plugin-vuejs-accessibility';
import ts from 'typescript-eslint';
const onlyVue = (list) => list.map((c) => ({ ...c, files: ['web/**/*.vue'] }));
export default [
  { ignores: ['dist', 'web/dist', 'test-results', '**/*.ts'] },
  ...onlyVue(vue.configs['flat/recommended'].filter((c) => true)),
  ...onlyVue(a11y.configs['flat/recommended']),
  {
    files: ['web/**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'vue/max-attributes-per-line': 'off', 'vue/singleline-html-element-content-newline': 'off', 'vue/html-self-closing': 'off' },
  },
];
