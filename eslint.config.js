// Lint of the .vue files: template faults and accessibility. Layout is the formatter's business.
import vue from 'eslint-plugin-vue';
import a11y from 'eslint-plugin-vuejs-accessibility';
import ts from 'typescript-eslint';

const onlyVue = (list) => list.map((config) => ({ ...config, files: ['web/**/*.vue'] }));

export default [
  { ignores: ['dist', 'web/dist', 'test-results', '**/*.ts'] },
  ...onlyVue(vue.configs['flat/recommended']),
  ...onlyVue(a11y.configs['flat/recommended']),
  {
    files: ['web/**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
];
