import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import type { Crumb, Selection } from '../../view/types'
import { shorten } from '../common/format'
import styles from './Breadcrumb.module.css'

interface BreadcrumbProps {
  /** Outermost first. */
  readonly crumbs: readonly Crumb[]
  /** What stands at its end: the selection's own name. */
  readonly here?: string
  readonly onSelect: (selection: Selection) => void
}

/** Crumbs shown at each end of a long way. */
const atEachEnd = 3

/** The groups around something, outermost first; a click goes to one. */
export function Breadcrumb({ crumbs, here, onSelect }: BreadcrumbProps): ReactNode {
  const left = crumbs.length > 2 * atEachEnd ? crumbs.slice(atEachEnd, -atEachEnd) : []
  const shown = left.length > 0 ? [...crumbs.slice(0, atEachEnd), null, ...crumbs.slice(-atEachEnd)] : crumbs
  return (
    <nav className={styles.breadcrumb} aria-label="Groups around the selection">
      <ol>
        {shown.map((crumb, i) => (
          <Fragment key={crumb?.path ?? '…'}>
            {i > 0 && <Separator />}
            <li>
              {crumb ? (
                <button type="button" title={crumb.path} onClick={() => onSelect({ kind: 'scope', name: crumb.path })}>
                  {shorten(crumb.label, 36)}
                </button>
              ) : (
                <span title={left.map((one) => one.label).join(' › ')}>…</span>
              )}
            </li>
          </Fragment>
        ))}
        {here !== undefined && (
          <>
            {shown.length > 0 && <Separator />}
            <li aria-current="location" className={styles.here} title={here}>
              {shorten(here, 44)}
            </li>
          </>
        )}
      </ol>
    </nav>
  )
}

function Separator(): ReactNode {
  return (
    <li aria-hidden className={styles.separator}>
      <ChevronRight size={13} />
    </li>
  )
}
