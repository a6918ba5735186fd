import { expose } from 'comlink'
import { createViewEngine } from '../view/engine'
import { carryErrors } from './errors'
import type { ViewApi } from './view'

carryErrors()

const { engine, feed } = createViewEngine()

const api: ViewApi = { ...engine, connectFeed: (port) => expose(feed, port) }

expose(api)
