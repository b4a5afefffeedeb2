<?php
// Values of every type, as PHP expressions.
declare(strict_types=1);

final class Values
{
    private const INTS = ['0', '1', '-1', '2', '3', '7', '100', '255', '256', '4096', '65535', '65536', '1000000',
        '2147483647', '-2147483648', '2147483648', '4294967295', '4294967296', 'PHP_INT_MAX', 'PHP_INT_MIN'];
    private const FLOATS = ['0.0', '-0.0', '0.5', '1.0', '-1.5', '1e3', '1e18', '1e308', '1e-320', 'NAN', 'INF', '-INF',
        '9.3e18'];
    private const STRINGS = ["''", "'0'", "'1'", "'-1'", "' 7'", "'7 '", "'1e3'", "'0x1A'", "'9999999999999999999'",
        '"\0"', '"a\0b"', '"\xff\xfe\x80"', "'text'", "'%s%n'", "'../..'", "'NoSuch::method'", "'parent::x'",
        "str_repeat('x', 8191)", "str_repeat('x', 8192)", "str_repeat('y', 70000)", 'str_repeat("\0", 300000)'];
    private const ARRAYS = ['[]', '[null]', '[0]', '[1, 2, 3]', "['a' => 1, 'b' => 2]", '[[[[]]]]', "['x', \"\\0\", 1.5]",
        '[-1 => 1, PHP_INT_MAX => 2]', 'Fuzz::recursive()', 'Fuzz::references([1, 2])', 'range(0, 500)', '[new Trap()]',
        "['Trap', 'any']", "['NoSuch', 'method']", '[NAN, INF]', 'array_fill(0, 70, [])', '$GLOBALS'];
    private const OBJECTS = ['new stdClass()', "new Trap(null, '1')", 'new Trap(Fuzz::thrower(...))', 'new Trap(null, [])',
        "(object) ['a' => 1]", 'Fuzz::generator()', 'new Fiber(Fuzz::noop(...))', 'Suit::Hearts', 'new ArrayObject([1])',
        'new WeakMap()', "new DateTime('@0')", 'new class { public $pipe = 1; }', "new Exception('e')",
        'fn () => 1', 'Fuzz::noop(...)', 'new Trap(null, 1, true)', "new ReflectionClass('Fuzz')"];
    private const RESOURCES = ["fopen('php://memory', 'r+')", "fopen(__FILE__, 'r')", 'tmpfile()', 'Fuzz::closed()', 'STDIN',
        'Fuzz::readable()', 'Fuzz::socket()', 'stream_context_create()', "opendir('.')", "fopen('/dev/null', 'r+')"];
    /** Callables that do no harm wherever they are called. */
    private const CALLABLES = ['Fuzz::noop(...)', "'Fuzz::noop'", "['Fuzz', 'noop']", 'new Trap()', "[new Trap(), 'any']",
        "['Trap', 'any']", "'Trap::any'", 'Fuzz::pause(...)', "'Fuzz::pause'", 'fn () => Fuzz::noop()', 'static fn (&...$a) => Fuzz::noop(...$a)',
        "Closure::fromCallable('Fuzz::noop')", 'Fuzz::generator(...)', 'Fuzz::noop(...)', 'Fuzz::noop(...)',
        "function () { static \$n = 0; \$n++; return Fuzz::noop(\$n, func_get_args()); }"];

    /** @param list<string> $classes the module's */
    public function __construct(private readonly array $classes) {}

    public function int(): string
    {
        return Dice::once_in(3) ? (string) Dice::number(-5, 40) : Dice::one_of(self::INTS);
    }

    public function float(): string
    {
        return Dice::one_of(self::FLOATS);
    }

    public function string(): string
    {
        return Dice::once_in(4) ? $this->bytes() : Dice::one_of(self::STRINGS);
    }

    public function array(): string
    {
        return match (Dice::number(0, 5)) {
            0 => '[' . implode(', ', [$this->any(), $this->any()]) . ']',
            1 => "['" . Dice::one_of(['a', 'blocking', 'size', 'fd', '0']) . "' => " . $this->any() . ']',
            default => Dice::one_of(self::ARRAYS),
        };
    }

    public function object(): string
    {
        return Dice::once_in(3) ? $this->own() : Dice::one_of(self::OBJECTS);
    }

    /** An object of one of the module's classes. */
    public function own(): string
    {
        $class = var_export(Dice::one_of($this->classes), true);
        return match (Dice::number(0, 5)) {
            0 => "Fuzz::unconstructed($class)",
            1 => "Fuzz::orphaned($class)",
            2 => "Fuzz::made($class)",
            default => "Fuzz::an($class, " . Dice::number(0, 11) . ')',
        };
    }

    public function resource(): string
    {
        return Dice::one_of(self::RESOURCES);
    }

    public function callable(): string
    {
        $callable = match (true) {
            Dice::once_in(25) => 'Fuzz::thrower(...)',
            Dice::once_in(25) => "'" . Dice::one_of(['strlen', 'gc_collect_cycles', 'swoole_event_exit', 'Swoole\Timer::clearAll']) . "'",
            Dice::once_in(12) => "[Fuzz::an('Swoole\\Process', " . Dice::number(0, 11) . "), '" . Dice::one_of(['statQueue', 'start', 'read', 'freeQueue', 'nope']) . "']",
            default => Dice::one_of(self::CALLABLES),
        };
        // What a coroutine lets through ends the script: seldom.
        return in_array($callable, self::CALLABLES, true) || Dice::once_in(10) ? $callable : "Fuzz::caught($callable)";
    }

    /** What can have a descriptor. */
    public function descriptor(): string
    {
        return match (Dice::number(0, 7)) {
            0 => (string) Dice::number(-1, 20),
            4 => "Fuzz::an('Swoole\\Coroutine\\Socket', " . Dice::number(0, 11) . ')',
            1, 2 => "Fuzz::an('Swoole\\Process', " . Dice::number(0, 11) . ')',
            3 => "Fuzz::an('Swoole\\Process', " . Dice::number(0, 11) . ')->pipe',
            default => $this->resource(),
        };
    }

    /** A value that PHP converts to no number, so that it is refused where one is wanted. */
    public function no_number(): string
    {
        return Dice::one_of(['null', '[]', "''", "'x'", '"\0"', 'new stdClass()', 'Fuzz::closed()', 'NAN', 'INF', '1e308']);
    }

    public function any(): string
    {
        return match (Dice::number(0, 9)) {
            0 => 'null',
            1 => Dice::one_of(['true', 'false']),
            2, 3 => $this->int(),
            4 => $this->float(),
            5 => $this->string(),
            6 => $this->array(),
            7 => $this->object(),
            8 => $this->resource(),
            9 => $this->callable(),
        };
    }

    /** Mostly a value of a declared type, sometimes any. */
    public function of_type(string $type): string
    {
        if (Dice::once_in(8)) {
            return $this->any();
        }
        $type = Dice::one_of(explode('|', str_replace('?', 'null|', $type)));
        return match ($type) {
            'null', 'void' => 'null',
            'bool' => Dice::one_of(['true', 'false', '0', "'x'"]),
            'true', 'false' => $type,
            'int' => $this->int(),
            'float' => $this->float(),
            'string' => $this->string(),
            'array', 'iterable' => $this->array(),
            'callable', 'Closure' => $this->callable(),
            'object' => $this->object(),
            default => in_array($type, $this->classes, true) ? "Fuzz::made('$type')" : $this->any(),
        };
    }

    private function bytes(): string
    {
        $text = '';
        for ($left = Dice::number(0, 12); $left > 0; $left--) {
            $text .= sprintf('\x%02x', Dice::number(0, 255));
        }
        return "\"$text\"";
    }
}
