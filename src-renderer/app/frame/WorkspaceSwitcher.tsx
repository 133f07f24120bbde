import { useTranslation } from 'react-i18next'
import {
  RhUiAddIcon,
  RhUiCaretDownIcon,
  RhUiLabIcon,
  RhUiLaptopIcon,
  RhUiLockIcon,
  RhUiTrashIcon,
} from '../../components/icons.ts'
import { MenuButton, type MenuItem } from '../../components/Menu.tsx'
import { useStatus } from '../ask.ts'
import { Mark } from './Mark.tsx'
import { useWorkspaceCommands } from './use-workspace-commands.tsx'

export function WorkspaceSwitcher() {
  const { t } = useTranslation()
  const status = useStatus()
  const commands = useWorkspaceCommands()
  const open = status?.open
  if (!status || !open) return null
  const sample = status.workspaces.find((workspace) => workspace.sample)
  const items: MenuItem[] = [
    ...status.workspaces.map(
      (workspace): MenuItem => ({
        id: workspace.id,
        title: workspace.name,
        detail: t(workspace.sample ? 'frame.sampleWorkspace' : 'frame.localWorkspace'),
        icon: workspace.sample ? RhUiLabIcon : RhUiLaptopIcon,
        checked: workspace.id === open.id,
        run: () => void (workspace.id !== open.id && commands.open(workspace.id)),
      }),
    ),
    ...(sample
      ? []
      : [{ id: 'sample', title: t('frame.openSample'), icon: RhUiLabIcon, divided: true, run: commands.openSample }]),
    {
      id: 'add',
      title: t('frame.addWorkspace'),
      icon: RhUiAddIcon,
      divided: sample !== undefined,
      run: commands.leave,
    },
    ...(sample
      ? [
          {
            id: 'deleteSample',
            title: t('frame.deleteSample'),
            icon: RhUiTrashIcon,
            danger: true,
            run: commands.deleteSample,
          },
        ]
      : []),
    ...(status.current?.protection === 'none'
      ? []
      : [{ id: 'lock', title: t('frame.lock'), icon: RhUiLockIcon, divided: true, run: commands.lock }]),
  ]
  return (
    <MenuButton label={t('frame.workspaces')} items={items} className="lk-plain lk-switcher">
      <Mark />
      <span className="lk-ellipsis">
        <strong className="lk-ellipsis">{open.name}</strong>
        <small className="lk-ellipsis">{t(open.sample ? 'frame.sampleWorkspace' : 'frame.localWorkspace')}</small>
      </span>
      <RhUiCaretDownIcon />
    </MenuButton>
  )
}
