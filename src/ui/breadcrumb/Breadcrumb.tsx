import { ChevronRight } from 'lucide-react'
import { Fragment, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { graphTexts } from '../../texts/model/graph'
import styles from './Breadcrumb.module.css'
import { fittingCrumbs } from './fitting'
import type { Selection } from '../../view/selection'
import type { Crumb } from '../../view/describe/types'

interface BreadcrumbProps {
  /** Outermost first. */
  readonly crumbs: readonly Crumb[]
  /** What stands at its end: the selection's own name. */
  readonly here?: string
  readonly onSelect: (selection: Selection) => void
}

/** The groups around something, outermost first, in one line; a click goes to one. */
export function Breadcrumb({ crumbs, here, onSelect }: BreadcrumbProps): ReactNode {
  const element = useRef<HTMLDivElement>(null)
  const room = useWidth(element)
  const shown = useMemo(() => fittingCrumbs(crumbs, here, room), [crumbs, here, room])
  return (
    <div ref={element} className={styles.room}>
      <nav className={styles.breadcrumb} aria-label={graphTexts.groupsAround}>
        <ol>
          {shown.map((one, i) => (
            <Fragment key={one.crumb?.path ?? '…'}>
              {i > 0 && <Separator />}
              <li>
                {one.crumb ? (
                  <button
                    type="button"
                    title={one.crumb.path}
                    onClick={() => onSelect({ kind: 'scope', name: one.crumb.path })}
                  >
                    {one.text}
                  </button>
                ) : (
                  <span title={one.left.map(({ label }) => label).join(' › ')}>…</span>
                )}
              </li>
            </Fragment>
          ))}
          {here !== undefined && (
            <>
              {shown.length > 0 && <Separator />}
              <li aria-current="location" className={styles.here} title={here}>
                {here}
              </li>
            </>
          )}
        </ol>
      </nav>
    </div>
  )
}

/** How wide an element is, now and when that changes; in pixels. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(Infinity)
  useLayoutEffect(() => {
    const observed = element.current
    if (!observed) return
    const observer = new ResizeObserver(() => setWidth(observed.clientWidth))
    observer.observe(observed)
    return () => observer.disconnect()
  }, [element])
  return width
}

function Separator(): ReactNode {
  return (
    <li aria-hidden className={styles.separator}>
      <ChevronRight size={13} />
    </li>
  )
}
