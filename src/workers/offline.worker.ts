import { clientsClaim } from 'workbox-core'
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'

/** The files of the site and what tells their versions apart; written by the build (tools/offline.ts). */
declare const __SITE__: { url: string; revision: string | null }[]

/** The headers that a host should send. */
declare const __HEADERS__: Record<string, string>

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
    handlerWillRespond: ({ response }) => Promise.resolve(withHeaders(response)),
  },
])
cleanupOutdatedCaches()
precacheAndRoute(__SITE__, { cleanURLs: false, ignoreURLParametersMatching: [/./] })
clientsClaim()

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting()
})

/** With the headers that the host leaves out: isolation gives WebAssembly its threads, the policy holds for workers, too. */
function withHeaders(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(__HEADERS__)) if (!headers.has(name)) headers.set(name, value)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
