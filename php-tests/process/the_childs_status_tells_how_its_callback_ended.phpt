--TEST--
status and output of a child: return values, exit in nested functions and in finally, exceptions, errors
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
function run(string $what, callable $callback): void
{
    echo "--- $what\n";
    (new Process($callback, false, 0))->start();
    echo ending(Process::wait()), "\n";
}
foreach ([null, 3, true, 'text', [1], new stdClass()] as $value) {
    run('returns ' . gettype($value), fn () => $value);
}
run('is a generator function, which does not run', function () {
    echo "not reached\n";
    yield 1;
});
run('exits in nested functions', function () {
    array_map(fn ($n) => iterator_to_array((function () {
        yield from (function () {
            yield exit(11);
        })();
    })()), [1]);
});
run('exits in finally', function () {
    try {
        throw new Exception('replaced by the exit');
    } finally {
        exit(12);
    }
});
run('exits in a destructor', function () {
    $o = new class {
        public function __destruct()
        {
            exit(13);
        }
    };
    unset($o);
    echo "not reached\n";
});
run('exits in a Fiber', function () {
    (new Fiber(fn () => exit(14)))->start();
});
run('exits in an autoloader', function () {
    spl_autoload_register(fn () => exit(15));
    new NoSuchClass();
});
run('exits with a status out of range', fn () => exit(0x1ff));
run('throws', fn () => throw new DomainException('uncaught'));
run('throws out of a Fiber', function () {
    (new Fiber(fn () => throw new DomainException('from the fiber')))->start();
});
run('throws in finally, with a previous exception', function () {
    try {
        throw new LogicException('first');
    } finally {
        throw new DomainException('second');
    }
});
run('calls what does not exist', fn () => no_such_function());
run('has a fatal error', function () {
    eval('class Broken implements Traversable {}');
});
run('has a parse error', function () {
    eval('syntax error');
});
run('needs too much memory', function () {
    ini_set('memory_limit', memory_get_usage(true) + (8 << 20));
    str_repeat('x', 64 << 20);
});
run('only warns', fn () => trigger_error('only a warning', E_USER_WARNING));
echo "the parent goes on\n";
?>
--EXPECTF--
--- returns NULL
code 0
--- returns integer
code 0
--- returns boolean
code 0
--- returns string
code 0
--- returns array
code 0
--- returns object
code 0
--- is a generator function, which does not run
code 0
--- exits in nested functions
code 11
--- exits in finally
code 12
--- exits in a destructor
code 13
--- exits in a Fiber
code 14
--- exits in an autoloader
code 15
--- exits with a status out of range
code 255
--- throws

Fatal error: Uncaught DomainException: uncaught in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
--- throws out of a Fiber

Fatal error: Uncaught DomainException: from the fiber in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
--- throws in finally, with a previous exception

Fatal error: Uncaught LogicException: first in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d {main}

Next DomainException: second in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
--- calls what does not exist

Fatal error: Uncaught Error: Call to undefined function no_such_function() in %s:%d
Stack trace:
#%d %s
#%d %s
#%d %s
#%d {main}
  thrown in %s on line %d
code 255
--- has a fatal error

Fatal error: Class Broken must implement interface Traversable as part of either Iterator or IteratorAggregate in %s on line %d
code 255
--- has a parse error

Parse error: syntax error, unexpected identifier "error" in %s on line %d
code 255
--- needs too much memory

Fatal error: Allowed memory size of %d bytes exhausted%S (tried to allocate %d bytes) in %s on line %d
code 255
--- only warns

Warning: only a warning in %s on line %d
code 0
the parent goes on
