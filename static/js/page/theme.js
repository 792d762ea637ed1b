// Light or dark: the system's choice until the visitor makes another, which is kept. Who returns to
// the system's choice follows the system again.

const KEY = 'theme';

/** @param {(storage: Storage) => string | null | void} use */
function withStorage(use) {
  try {
    return use(localStorage) ?? null;
  } catch {
    return null; // a browser that keeps nothing still shows the theme
  }
}

/**
 * @param {HTMLElement} button
 * @param {(theme: 'light' | 'dark') => void} onChange
 */
export function createTheme(button, onChange) {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const systemTheme = () => (system.matches ? 'dark' : 'light');

  /** @param {'light' | 'dark'} theme */
  function apply(theme) {
    root.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(theme === 'dark'));
    onChange(theme);
  }

  button.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    withStorage((storage) =>
      theme === systemTheme() ? storage.removeItem(KEY) : storage.setItem(KEY, theme),
    );
    apply(theme);
  });
  system.addEventListener('change', () => {
    if (!withStorage((storage) => storage.getItem(KEY))) apply(systemTheme());
  });
  apply(root.dataset.theme === 'dark' ? 'dark' : 'light');
}
