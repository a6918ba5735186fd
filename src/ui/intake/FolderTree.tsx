import type { ReactNode } from 'react'
import type { Folders } from '../../images/intake/types'
import { intakeTexts as texts } from '../../texts/photos/intake'
import styles from './FolderTree.module.css'

/** The dropped folders, with what each is taken for. */
export function FolderTree({ tree }: { readonly tree: Folders }): ReactNode {
  return (
    <details className={styles.tree} open>
      <summary>{texts.tree}</summary>
      <Branches {...tree} />
    </details>
  )
}

function Branches({ folders, more }: Folders): ReactNode {
  return (
    <ul>
      {folders.map((folder) => (
        <li key={folder.name}>
          <span className={styles.folder} data-role={folder.role}>
            <bdi>{folder.name}</bdi>
            {folder.role && <em>{folder.role === 'label' ? texts.isLabel : texts.isPart}</em>}
            <small>{texts.photos(folder.photos)}</small>
          </span>
          {folder.folders.length > 0 && <Branches folders={folder.folders} more={folder.more} />}
        </li>
      ))}
      {more > 0 && <li className={styles.more}>{texts.more(more)}</li>}
    </ul>
  )
}
