/** Versions written by the build (see vite.config.ts). */
declare const __CUTPOINT_VERSION__: string
declare const __TFJS_VERSION__: string
