import { serveHelper } from './serve'

/** A thread that works out the slopes of some of a step's photos. */
serveHelper(globalThis)
