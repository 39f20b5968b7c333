import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../use-text.ts';
import { Scroll } from './scroll.tsx';
import { Empty, Failed, Loading } from './states.tsx';

/** A part of a list, as the platform answers it. */
export interface Page<T> {
  data?: T[];
  has_more?: boolean;
  next_cursor?: string | null;
}

interface Props<T> {
  /** What is read, for the cache: the mode and all filters belong in it. */
  queryKey: readonly unknown[];
  fetchPage: (cursor: string | undefined) => Promise<Page<T>>;
  columns: TableProps<T>['columns'];
  rowKey: (row: T) => string;
  label: string;
  empty: ReactNode;
  /** Said instead of `empty` while nothing was found and there is more to look at. */
  emptyYet?: ReactNode;
  expandable?: TableProps<T>['expandable'];
  rowClassName?: (row: T) => string;
}

/** A list that goes on: pages by cursor, so that nothing is missed or shown twice while it grows. */
export function CursorTable<T extends object>({
  queryKey,
  fetchPage,
  columns,
  rowKey,
  label,
  empty,
  emptyYet,
  expandable,
  rowClassName,
}: Props<T>) {
  const say = useText();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.has_more ? (last.next_cursor ?? undefined) : undefined),
  });
  if (list.data === undefined) {
    return list.error ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading rows={6} />;
  }
  const rows = list.data.pages.flatMap((page) => page.data ?? []);
  if (rows.length === 0) {
    return list.hasNextPage ? (
      <Empty
        action={
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {say('action.more')}
          </Button>
        }
      >
        {emptyYet ?? empty}
      </Empty>
    ) : (
      <Empty>{empty}</Empty>
    );
  }
  return (
    <Scroll label={label}>
      <Table<T>
        columns={columns}
        dataSource={rows}
        rowKey={rowKey}
        pagination={false}
        size="middle"
        {...(expandable === undefined ? {} : { expandable })}
        {...(rowClassName === undefined ? {} : { rowClassName })}
      />
      {list.error ? <Failed error={list.error} again={() => void list.fetchNextPage()} /> : null}
      {list.hasNextPage ? (
        <div className="more">
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {say('action.more')}
          </Button>
        </div>
      ) : null}
    </Scroll>
  );
}
