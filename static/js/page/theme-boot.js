// Sets the theme before the first paint, so that a dark room stays dark while the page loads.
{
  let kept = null;
  try {
    kept = localStorage.getItem('theme');
  } catch {
    // a browser that keeps nothing still shows the system's theme
  }
  const dark = kept ? kept === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
