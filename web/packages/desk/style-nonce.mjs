/** Some of the kit's styles (where a dialog holds what lies behind it) come without the page's nonce, and would be refused by its policy. */
export function styleNonce() {
  return {
    name: 'ferry-style-nonce',
    transform(code, id) {
      if (!id.includes('@rc-component/util/es/Dom/dynamicCSS')) {
        return null;
      }
      const nonced = code.replaceAll(/(?<!option\.)csp\?\.nonce/g, "(csp?.nonce ?? document.getElementById('style-nonce')?.nonce)");
      if (nonced === code) {
        this.error('The kit writes its styles in another way now: see that each has the nonce.');
      }
      return { code: nonced, map: null };
    },
  };
}
