/* global document, matchMedia */
// Runs before the first paint, so that neither theme nor language flashes.
(() => {
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = stored('desk.theme');
  const dark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.lang = stored('desk.language') === 'en' ? 'en' : 'zh-CN';
})();
