// Sets the stored theme and language before the first paint; a file of its own because the content policy refuses inline scripts.
(() => {
  const theme = localStorage.getItem('muster.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const language = localStorage.getItem('muster.language');
  if (language) document.documentElement.lang = language;
})();
