import './table.css';
import { Checkbox, Popover } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { storage } from '../mode.ts';
import { useNarrow } from '../parts/useNarrow.ts';
import { useReader } from '../text/language.ts';
import { type Sorting, type SortValue, sortRows } from './sortRows.ts';

export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** What stands in the head instead of the plain title, such as a name that opens its definition. */
  readonly head?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** How rows are compared here, or that the server sorts by this column. */
  readonly sort?: ((row: Row) => SortValue) | 'served';
  readonly end?: boolean;
  readonly width: number;
  /** Shown unless the reader takes it away; `always` cannot be taken away. */
  readonly shown?: 'always' | 'first' | 'later';
}

/** Where the server sorts or pages: rows are shown as they come. */
export interface Served {
  readonly sorting?: Sorting;
  readonly sortBy?: (next: Sorting) => void;
  /** Undefined where everything is here. */
  readonly more: (() => void) | undefined;
  readonly loading: boolean;
}

interface TableProps<Row> {
  /** Under this name the reader's columns and density are remembered. */
  readonly name: string;
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly open?: (row: Row) => void;
  readonly sorting?: Sorting;
  readonly served?: Served;
  /** A key on a row; true where it was meant for it. */
  readonly press?: (event: KeyboardEvent, row: Row) => boolean;
  /** The row as an entry of a list, where the screen is narrow. */
  readonly narrow: (row: Row) => ReactNode;
  readonly tools?: ReactNode;
}

interface Kept {
  readonly columns?: readonly string[];
  readonly roomy?: boolean;
}

const step = 100;

/** Whatever answers a click itself does not open its row as well. */
const isOfRow = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label') === null;

function readKept(name: string): Kept {
  const text = storage((kept) => kept.getItem(`heng.table.${name}`));
  if (!text) return {};
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : {};
}

export function Table<Row>(props: TableProps<Row>) {
  const { name, caption, rows, columns, rowKey, open, sorting, served, press, narrow, tools } = props;
  const { t } = useReader();
  const isNarrow = useNarrow();
  const [sortedHere, setSortedHere] = useState<Sorting | null>(sorting ?? null);
  const sorted = served?.sorting ?? sortedHere;
  const setSorted = served?.sortBy ?? setSortedHere;
  const [kept, setKept] = useState<Kept>(() => readKept(name));
  const [limit, setLimit] = useState(step);
  const [current, setCurrent] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);

  const keep = (change: Kept) => {
    const next = { ...kept, ...change };
    setKept(next);
    storage((store) => store.setItem(`heng.table.${name}`, JSON.stringify(next)));
  };
  const first = columns.filter((column) => column.shown !== 'later').map((column) => column.id);
  const chosen = kept.columns ?? first;
  const visible = columns.filter((column) => column.shown === 'always' || chosen.includes(column.id));
  const sortColumn = columns.find((column) => column.id === sorted?.column);
  const compared = sortColumn?.sort;
  const ordered = compared && compared !== 'served' && sorted ? sortRows(rows, compared, sorted.down) : rows;
  const shown = served ? ordered : ordered.slice(0, limit);
  const width = visible.reduce((sum, column) => sum + column.width, 0);

  function move(event: KeyboardEvent<HTMLTableSectionElement>) {
    if (!(event.target instanceof HTMLTableRowElement)) return;
    const last = shown.length - 1;
    const to = {
      ArrowDown: Math.min(current + 1, last),
      ArrowUp: Math.max(current - 1, 0),
      Home: 0,
      End: last,
    }[event.key];
    const row = shown[current];
    if (row !== undefined && press?.(event, row)) {
      event.preventDefault();
    } else if (to !== undefined) {
      event.preventDefault();
      setCurrent(to);
      body.current?.rows[to]?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && row !== undefined && open) {
      event.preventDefault();
      open(row);
    }
  }

  const showMore = served ? served.more : ordered.length > limit ? () => setLimit(limit + step) : undefined;
  const more = showMore ? (
    <button
      type="button"
      className="press press-plain table-more"
      disabled={served?.loading}
      onClick={() => showMore()}
    >
      {served?.loading ? t('state.loading') : t('state.more')}
    </button>
  ) : null;

  if (isNarrow) {
    return (
      <div className="table-area">
        {tools ? <div className="table-tools">{tools}</div> : null}
        <ul className="table-list" aria-label={caption}>
          {shown.map((row) => (
            <li key={rowKey(row)}>{narrow(row)}</li>
          ))}
        </ul>
        {more}
      </div>
    );
  }

  return (
    <div className="table-area">
      <div className="table-tools">
        {tools}
        <span className="table-view">
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <div className="table-choose">
                {columns
                  .filter((column) => column.shown !== 'always')
                  .map((column) => (
                    <Checkbox
                      key={column.id}
                      checked={chosen.includes(column.id)}
                      onChange={(event) =>
                        keep({
                          columns: event.target.checked
                            ? [...chosen, column.id]
                            : chosen.filter((other) => other !== column.id),
                        })
                      }
                    >
                      {column.title}
                    </Checkbox>
                  ))}
              </div>
            }
          >
            <button type="button" className="text-button">
              {t('cards.columns')}
            </button>
          </Popover>
          <button type="button" className="text-button" onClick={() => keep({ roomy: !kept.roomy })}>
            {kept.roomy ? t('cards.compact') : t('cards.roomy')}
          </button>
        </span>
      </div>
      <div className={width > 1312 ? 'table-wrap table-wide' : 'table-wrap'}>
        <table className={kept.roomy ? 'table table-roomy' : 'table'} style={{ minWidth: Math.min(width, 4000) }}>
          <caption className="unseen">
            {caption}
            {open ? `${t('mark.stop')}${t('cards.keyboard')}` : ''}
          </caption>
          <thead>
            <tr>
              {visible.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={column.end ? 'end' : undefined}
                  style={{ width: column.width }}
                  aria-sort={sorted?.column === column.id ? (sorted.down ? 'descending' : 'ascending') : undefined}
                >
                  {column.head ?? (column.sort ? null : column.title)}
                  {column.sort ? (
                    <button
                      type="button"
                      className={column.head ? 'sort sort-bare' : 'sort'}
                      title={t('cards.sortBy', { column: column.title })}
                      onClick={() =>
                        setSorted({
                          column: column.id,
                          down: sorted?.column === column.id ? !sorted.down : column.end === true,
                        })
                      }
                    >
                      {column.head ? (
                        <span className="unseen">{t('cards.sortBy', { column: column.title })}</span>
                      ) : (
                        column.title
                      )}
                      <i
                        aria-hidden="true"
                        className={sorted?.column === column.id ? (sorted.down ? 'down' : 'up') : 'idle'}
                      />
                    </button>
                  ) : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={move}>
            {shown.map((row, place) => (
              <tr
                key={rowKey(row)}
                tabIndex={open ? (place === current ? 0 : -1) : undefined}
                className={open ? 'opens' : undefined}
                onFocus={() => setCurrent(place)}
                onClick={open ? (event) => isOfRow(event.target) && open(row) : undefined}
              >
                {visible.map((column) => (
                  <td key={column.id} className={column.end ? 'end' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </div>
  );
}
