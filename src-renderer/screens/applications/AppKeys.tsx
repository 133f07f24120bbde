/** The keys of an application of the App ID pattern (A7, A8), one a row. */
import { useTranslation } from 'react-i18next'
import { ask } from '../../app/ask.ts'
import {
  RhUiEditIcon,
  RhUiEllipsisVerticalIcon,
  RhUiNetworkIcon,
  RhUiRefreshIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { MenuButton, type MenuItem } from '../../components/Menu.tsx'
import { Note, RelativeTime, Tag } from '../../components/small.tsx'
import { useShownSecret } from '../../components/use-shown-secret.ts'
import { openDialog } from '../../state/dialogs.tsx'
import { KeyFilters } from './FilterPanels.tsx'
import { DeleteKey, EditKey, RollKey } from './key-dialogs.tsx'
import type { ApplicationDetail, ApplicationKey } from './rows.ts'
import { SecretButtons, SecretText } from './SecretCell.tsx'
import { KeyExpiry, useKeyName } from './words.tsx'

export interface CredentialProps {
  readonly application: ApplicationDetail
  /** Why nothing can be changed. */
  readonly reason: string | undefined
  /** Why nothing can be looked at. */
  readonly hidden: string | undefined
}

export function AppKeys({ application, reason, hidden }: CredentialProps) {
  const { t } = useTranslation()
  if (application.keys.length === 0) {
    return (
      <div className="lk-panel-body">
        {application.keyless ? (
          <Note title={t('applications.isKeyless')}>{t('applications.keylessText')}</Note>
        ) : (
          <Note title={t('applications.noKeys')}>{t('applications.noKeysText')}</Note>
        )}
      </div>
    )
  }
  return (
    <div className="lk-scroll">
      <table
        className="pf-v6-c-table pf-m-grid-md pf-m-compact lk-table lk-keys-table"
        aria-label={t('applications.keys')}
      >
        <colgroup>
          <col />
          <col style={{ width: '19%' }} />
          <col style={{ width: '15%' }} />
          <col style={{ width: '14%' }} />
          <col style={{ width: '17%' }} />
          <col style={{ width: 116 }} />
        </colgroup>
        <thead className="pf-v6-c-table__thead">
          <tr className="pf-v6-c-table__tr">
            {(['label', 'key', 'created', 'lastUsed', 'expires'] as const).map((column) => (
              <th key={column} className="pf-v6-c-table__th" scope="col">
                {t(`applications.${column}`)}
              </th>
            ))}
            <th className="pf-v6-c-table__th" scope="col">
              <span className="lk-sr">{t('common.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody className="pf-v6-c-table__tbody">
          {application.keys.map((item) => (
            <KeyRow key={item.id} item={item} application={application} reason={reason} hidden={hidden} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function KeyRow({ application, item, reason, hidden }: CredentialProps & { readonly item: ApplicationKey }) {
  const { t } = useTranslation()
  const keyName = useKeyName()
  const name = keyName(item)
  const { id, usageRules } = application
  const fetchSecret = (purpose: 'reveal' | 'copy') =>
    ask.secret.appKey.mutate({ id, keyId: item.id, purpose }).then(({ secret }) => secret)
  const { secret, toggle } = useShownSecret(item.id, fetchSecret)
  const usable = application.keys.filter(({ standing }) => standing !== 'expired')
  const last = usageRules.atLeastOneKey && usable.length === 1 && usable[0]?.id === item.id
  const expired = item.standing === 'expired'
  const filters = item.ipRanges.length + item.referrers.length
  const items: readonly MenuItem[] = [
    {
      id: 'roll',
      title: t('applications.rollKey'),
      icon: RhUiRefreshIcon,
      reason: reason ?? (expired ? t('applications.isExpired') : undefined),
      run: () => openDialog((close) => <RollKey application={application} item={item} onClose={close} />),
    },
    {
      id: 'edit',
      title: t('applications.editKey'),
      icon: RhUiEditIcon,
      reason,
      run: () => openDialog((close) => <EditKey application={application} item={item} onClose={close} />),
    },
    {
      id: 'filters',
      title: t('applications.keyFilters'),
      icon: RhUiNetworkIcon,
      reason,
      run: () => openDialog((close) => <KeyFilters application={application} item={item} onClose={close} />),
    },
    {
      id: 'delete',
      title: t('applications.deleteKey'),
      icon: RhUiTrashIcon,
      danger: true,
      divided: true,
      reason: reason ?? (last ? t('applications.lastKey') : undefined),
      run: () => openDialog((close) => <DeleteKey application={application} item={item} onClose={close} />),
    },
  ]
  return (
    <tr className={`pf-v6-c-table__tr${expired ? ' lk-dim' : ''}`}>
      <td className="pf-v6-c-table__td">
        <span className="lk-cell">
          <span className="lk-name lk-ellipsis">{item.label === '' ? t('applications.unnamedKey') : item.label}</span>
          {filters > 0 && <Tag>{t('applications.filterCount', { count: filters })}</Tag>}
        </span>
      </td>
      <td className="pf-v6-c-table__td">
        <SecretText secret={secret} tail={item.hintTail} />
      </td>
      <td className="pf-v6-c-table__td">
        <RelativeTime at={item.createdAt} />
      </td>
      <td className="pf-v6-c-table__td">
        <RelativeTime at={item.lastUsedAt} />
      </td>
      <td className="pf-v6-c-table__td">
        <KeyExpiry item={item} />
      </td>
      <td className="pf-v6-c-table__td lk-actions">
        <div>
          {hidden === undefined && (
            <SecretButtons
              secret={secret}
              toggle={toggle}
              fetchSecret={fetchSecret}
              labels={{
                reveal: t('applications.reveal', { name }),
                hide: t('applications.hide', { name }),
                copy: t('applications.copy', { name }),
              }}
            />
          )}
          <MenuButton label={t('common.moreActions', { name })} end items={items}>
            <RhUiEllipsisVerticalIcon />
          </MenuButton>
        </div>
      </td>
    </tr>
  )
}
