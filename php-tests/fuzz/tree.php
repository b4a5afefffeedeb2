<?php
// A case as a tree of statements, so that it can be made smaller piece by piece.
declare(strict_types=1);

/** A piece of a script: a statement, or one with statements inside. */
class Piece
{
    /** @param list<Piece> $body */
    public function __construct(
        public readonly string $open,
        public readonly array $body = [],
        public readonly string $close = '',
    ) {}

    public function text(): string
    {
        $inside = implode('', array_map(fn (Piece $piece): string => $piece->text(), $this->body));
        return rtrim($this->open, "\n") . "\n$inside" . ($this->close === '' ? '' : "$this->close\n");
    }

    /** @param list<Piece> $body */
    public function with_body(array $body): static
    {
        return new static($this->open, $body, $this->close);
    }

    /** @return iterable<list<Piece>> what may stand in its place when a script is made smaller, the boldest first */
    public function simpler(): iterable
    {
        if ($this->body !== []) {
            yield $this->body;
        }
    }
}

/** A call of the module. */
final class CallPiece extends Piece
{
    /**
     * @param string $format the call, with %s for its arguments
     * @param list<string> $arguments
     */
    public function __construct(
        private readonly string $name,
        private readonly string $format,
        private readonly array $arguments,
    ) {
        $call = sprintf($format, implode(', ', $arguments));
        parent::__construct("Fuzz::call('$name', fn () => $call);");
    }

    public function simpler(): iterable
    {
        for ($index = count($this->arguments) - 1; $index >= 0; $index--) {
            $fewer = $this->arguments;
            unset($fewer[$index]);
            yield [new self($this->name, $this->format, array_values($fewer))];
        }
        foreach ($this->arguments as $index => $argument) {
            foreach (['null', '0', 'Fuzz::noop(...)'] as $plain) {
                if (strlen($plain) < strlen($argument)) {
                    yield [new self($this->name, $this->format, array_replace($this->arguments, [$index => $plain]))];
                }
            }
        }
    }
}

/** A whole script. */
final class Script
{
    /** @param list<Piece> $pieces */
    public function __construct(public readonly bool $strict, public readonly array $pieces) {}

    /** The script as a file that stands alone. */
    public function text(): string
    {
        static $prelude = null;
        $prelude ??= preg_replace('/^<\?php\n/', '', file_get_contents(__DIR__ . '/prelude.php'));
        $statements = implode('', array_map(fn (Piece $piece): string => $piece->text(), $this->pieces));
        return "<?php\n" . ($this->strict ? "declare(strict_types=1);\n" : '') . "$prelude\n" . self::indented($statements);
    }

    /** @param list<Piece> $pieces */
    public function with(array $pieces): self
    {
        return new self($this->strict, $pieces);
    }

    /** Indented by brackets; statements have no line breaks inside of strings. */
    private static function indented(string $text): string
    {
        $depth = 0;
        $lines = [];
        foreach (explode("\n", rtrim($text)) as $line) {
            $closing = preg_match('/^[})\]]/', $line) === 1;
            $lines[] = str_repeat('    ', max(0, $depth - ($closing ? 1 : 0))) . $line;
            $opens = preg_match('/[{(\[]$/', $line) === 1;
            $depth += ($opens ? 1 : 0) - ($closing ? 1 : 0);
        }
        return implode("\n", $lines) . "\n";
    }
}
