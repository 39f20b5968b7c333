/** Both languages at once, for when the texts themselves could not be loaded. */
export function Unspoken() {
  return (
    <main className="alone">
      <p lang="zh-CN">页面未能读取，请刷新。</p>
      <p lang="en">The page could not be loaded.</p>
      <button type="button" onClick={() => window.location.reload()}>
        刷新 · Reload
      </button>
    </main>
  );
}
