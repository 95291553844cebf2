// A place among the tokens of a template, for whatever reads them one after the other.
import { spell } from "./spacing";
import { TemplateSyntaxError, type Token, type TokenKind } from "./tokens";

export class TokenCursor {
  protected position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The token that comes next, or `ahead` further on; `undefined` behind the last. */
  protected peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  /**
   * Moves on by one token.
   * @throws TemplateSyntaxError where it is of another kind, or there is none
   */
  protected take(kind?: TokenKind): Token {
    const token = this.peek();
    if (token === undefined || (kind !== undefined && token.kind !== kind)) {
      throw this.unexpected(token);
    }
    this.position += 1;
    return token;
  }

  /** Moves behind the bracket that closes the one which comes next. */
  protected skipBrackets(): void {
    let depth = 0;
    do {
      const { kind } = this.take();
      depth += /^open[[({]/.test(kind) ? 1 : /^close[[({]/.test(kind) ? -1 : 0;
    } while (depth > 0);
  }

  /** What stands between two positions, as it would be written. */
  protected between(start: number, end: number): string {
    return spell(this.tokens.slice(start, end));
  }

  protected unexpected(token: Token | undefined): TemplateSyntaxError {
    return new TemplateSyntaxError(spell(this.tokens), `An unexpected ${token?.text ?? "end"}`);
  }
}
