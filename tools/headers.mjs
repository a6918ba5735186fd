/** What a page or worker of the site may load and ask for; `frame-ancestors` works in a header only. */
const sources = {
  'default-src': "'none'",
  // wasm is compiled; tfjs' threads and the workers of wasm begin as text.
  'script-src': "'self' 'wasm-unsafe-eval' blob:",
  'worker-src': "'self' blob:",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  // The user names addresses of models and photos: any over https, and such as a server on this very machine has.
  'connect-src': "'self' https: blob: data: http://localhost:* http://127.0.0.1:*",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** As it stands in the page itself, which holds on any host. */
export const pagePolicy = Object.entries(sources)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ')

/** Cross-origin isolation gives wasm its threads; `credentialless` keeps addresses that the user names fetchable. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
}

/** What a host should send with every file; in a header the policy holds for the workers, too. */
export const hostHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': `${pagePolicy}; frame-ancestors 'none'`,
}

/**
 * Puts the policy into the built page. Not while developing: Vite's own client is an inline script then.
 * @returns {import('vite').Plugin}
 */
export function policyInPage() {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
        injectTo: 'head-prepend',
      },
    ],
  }
}
