import { clientsClaim } from 'workbox-core'
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'

/** The files of the site and what tells their versions apart; written by the build (tools/offline.ts). */
declare const __SITE__: { url: string; revision: string | null }[]

declare const self: ServiceWorkerGlobalScope

/**
 * The service worker: keeps the files of the site, so that the page opens and works without a network. It answers for those
 * files alone; whatever else is asked for goes to the network as if it were not there. A newer one waits until the page
 * asks it to take over, so that no page gets files of two versions.
 */
addPlugins([
  {
    // A file that is in the browser's cache and has not changed is not fetched a second time.
    requestWillFetch: ({ request }) =>
      Promise.resolve(request.cache === 'reload' ? new Request(request, { cache: 'no-cache' }) : request),
    handlerWillRespond: ({ response }) => Promise.resolve(isolated(response)),
  },
])
cleanupOutdatedCaches()
precacheAndRoute(__SITE__, { cleanURLs: false, ignoreURLParametersMatching: [/./] })
clientsClaim()

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting()
})

/** With the headers of cross-origin isolation where the host sends none: they give WebAssembly its threads. */
function isolated(response: Response): Response {
  if (response.headers.has('Cross-Origin-Embedder-Policy')) return response
  const headers = new Headers(response.headers)
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Embedder-Policy', 'credentialless')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
