// Light or dark: the system's choice until the visitor makes one, which is kept.

/**
 * @param {HTMLElement} button
 * @param {(theme: 'light' | 'dark') => void} onChange
 */
export function createTheme(button, onChange) {
  const root = document.documentElement;

  /** @param {'light' | 'dark'} theme */
  function apply(theme) {
    root.dataset.theme = theme;
    onChange(theme);
  }

  button.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // not kept for the next visit, but it holds for this one
    }
    apply(theme);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
    let kept = null;
    try {
      kept = localStorage.getItem('theme');
    } catch {
      // nothing is kept, so the system decides
    }
    if (!kept) apply(event.matches ? 'dark' : 'light');
  });
}
