--TEST--
wherever start() is called, the child runs its callback only: no rest, no catch and no finally of the code around it
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$main = getmypid();
function only_parent(string $what): string
{
    if (getmypid() !== $GLOBALS['main']) {
        echo "!!! the child runs: $what\n";
    }
    return $what;
}
/** Starts a child that ends in the way that is tested now. */
function start(): int
{
    $p = new Process($GLOBALS['callback'], false, 0);
    $pid = $p->start();
    only_parent('the rest of the function');
    $GLOBALS['ends'][] = ending(Process::wait());
    return $pid;
}
class Starts
{
    public ?Starts $self = null;

    public function __destruct()
    {
        start();
        only_parent('the rest of the destructor');
    }

    public function __toString(): string
    {
        start();
        return only_parent('the rest of __toString');
    }

    public function __get($name)
    {
        start();
        return only_parent('the rest of __get');
    }

    public static function __callStatic($name, $arguments)
    {
        start();
        return only_parent('the rest of __callStatic');
    }
}
function generator(): Generator
{
    try {
        yield start();
        only_parent('the rest of the generator');
    } finally {
        only_parent('finally of the generator');
    }
}
function delegating(): Generator
{
    try {
        yield from generator();
    } finally {
        only_parent('finally of the delegating generator');
    }
}
$places = [
    'try' => function () {
        try {
            start();
            only_parent('the rest of try');
        } catch (Throwable) {
            only_parent('catch');
        } finally {
            only_parent('finally');
        }
    },
    'catch' => function () {
        try {
            throw new Exception('of the parent');
        } catch (Throwable) {
            start();
            only_parent('the rest of catch');
        } finally {
            only_parent('finally');
        }
    },
    'finally' => function () {
        try {
            try {
                throw new Exception('of the parent');
            } finally {
                start();
                only_parent('the rest of finally');
            }
        } catch (Throwable) {
            only_parent('the outer catch');
        }
    },
    'finally with a return' => function () {
        (function () {
            try {
                return 1;
            } finally {
                start();
                only_parent('the rest of finally');
            }
        })();
    },
    'array_map' => fn () => array_map(fn ($n) => start(), [1]),
    'usort' => function () {
        $list = [2, 1];
        usort($list, fn ($a, $b) => start() > 0 ? $a <=> $b : 0);
    },
    'preg_replace_callback' => fn () => preg_replace_callback('/a/', fn () => (string) start(), 'bab'),
    'generator' => fn () => iterator_to_array(generator()),
    'delegating generator' => function () {
        foreach (delegating() as $pid) {
            only_parent('the body of foreach');
        }
    },
    'Fiber' => function () {
        (new Fiber(function () {
            try {
                start();
                only_parent('the rest of the fiber');
            } finally {
                only_parent('finally of the fiber');
            }
        }))->start();
    },
    'Fiber in a Fiber' => function () {
        (new Fiber(function () {
            try {
                (new Fiber(start(...)))->start();
            } finally {
                only_parent('finally of the outer fiber');
            }
        }))->start();
    },
    'resumed Fiber' => function () {
        $fiber = new Fiber(function () {
            Fiber::suspend();
            start();
            only_parent('the rest of the fiber');
        });
        $fiber->start();
        $fiber->resume();
    },
    'destructor' => function () {
        new Starts();
    },
    'destructor in a collected cycle' => function () {
        $o = new Starts();
        $o->self = $o;
        $o = null;
        gc_collect_cycles();
    },
    '__toString' => fn () => "text $GLOBALS[starts]",
    '__get' => fn () => $GLOBALS['starts']->property,
    '__callStatic' => fn () => Starts::method(),
    'error handler' => function () {
        set_error_handler(fn () => start() > 0);
        echo $undefined;
        restore_error_handler();
    },
    'autoloader' => function () {
        spl_autoload_register($f = fn () => start());
        class_exists('NoSuchClass');
        spl_autoload_unregister($f);
    },
    'include' => function () {
        $file = tempnam(sys_get_temp_dir(), 'test');
        file_put_contents($file, '<?php try { start(); } finally { only_parent("finally of the file"); }');
        include $file;
        only_parent('what is after the include');
        unlink($file);
    },
    'eval' => fn () => eval('try { start(); } finally { only_parent("finally of eval"); }'),
    'tick function' => function () {
        eval('declare(ticks=1); register_tick_function($f = "start"); $x = 1; unregister_tick_function($f);');
    },
    'iterator' => fn () => iterator_apply(new ArrayIterator([1]), fn () => start() > 0),
    'stream filter' => function () {
        stream_filter_register('test.start', get_class(new class extends php_user_filter {
            public function filter($in, $out, &$consumed, bool $closing): int
            {
                $closing || start();
                while (stream_bucket_make_writeable($in));
                return PSFS_FEED_ME;
            }
        }));
        $file = tmpfile();
        $filter = stream_filter_append($file, 'test.start', STREAM_FILTER_WRITE);
        fwrite($file, 'x');
        stream_filter_remove($filter);
    },
];
$starts = new class extends Starts {
    public function __destruct() {}
};
$callbacks = [
    'returns' => fn () => 1,
    'exits' => fn () => exit(3),
    'exits by Process->exit()' => fn (Process $p) => $p->exit(4),
    'throws' => fn () => throw new Exception('uncaught'),
    'has a fatal error' => fn () => eval('class Broken implements Traversable {}'),
];
ini_set('display_errors', 0);
foreach ($callbacks as $how => $callback) {
    foreach ($places as $place => $do) {
        $ends = [];
        $do();
        echo "$place, ", implode(', ', array_unique($ends)), "\n";
    }
    echo "--- the child $how\n";
}
?>
--EXPECT--
try, code 0
catch, code 0
finally, code 0
finally with a return, code 0
array_map, code 0
usort, code 0
preg_replace_callback, code 0
generator, code 0
delegating generator, code 0
Fiber, code 0
Fiber in a Fiber, code 0
resumed Fiber, code 0
destructor, code 0
destructor in a collected cycle, code 0
__toString, code 0
__get, code 0
__callStatic, code 0
error handler, code 0
autoloader, code 0
include, code 0
eval, code 0
tick function, code 0
iterator, code 0
stream filter, code 0
--- the child returns
try, code 3
catch, code 3
finally, code 3
finally with a return, code 3
array_map, code 3
usort, code 3
preg_replace_callback, code 3
generator, code 3
delegating generator, code 3
Fiber, code 3
Fiber in a Fiber, code 3
resumed Fiber, code 3
destructor, code 3
destructor in a collected cycle, code 3
__toString, code 3
__get, code 3
__callStatic, code 3
error handler, code 3
autoloader, code 3
include, code 3
eval, code 3
tick function, code 3
iterator, code 3
stream filter, code 3
--- the child exits
try, code 4
catch, code 4
finally, code 4
finally with a return, code 4
array_map, code 4
usort, code 4
preg_replace_callback, code 4
generator, code 4
delegating generator, code 4
Fiber, code 4
Fiber in a Fiber, code 4
resumed Fiber, code 4
destructor, code 4
destructor in a collected cycle, code 4
__toString, code 4
__get, code 4
__callStatic, code 4
error handler, code 4
autoloader, code 4
include, code 4
eval, code 4
tick function, code 4
iterator, code 4
stream filter, code 4
--- the child exits by Process->exit()
try, code 255
catch, code 255
finally, code 255
finally with a return, code 255
array_map, code 255
usort, code 255
preg_replace_callback, code 255
generator, code 255
delegating generator, code 255
Fiber, code 255
Fiber in a Fiber, code 255
resumed Fiber, code 255
destructor, code 255
destructor in a collected cycle, code 255
__toString, code 255
__get, code 255
__callStatic, code 255
error handler, code 255
autoloader, code 255
include, code 255
eval, code 255
tick function, code 255
iterator, code 255
stream filter, code 255
--- the child throws
try, code 255
catch, code 255
finally, code 255
finally with a return, code 255
array_map, code 255
usort, code 255
preg_replace_callback, code 255
generator, code 255
delegating generator, code 255
Fiber, code 255
Fiber in a Fiber, code 255
resumed Fiber, code 255
destructor, code 255
destructor in a collected cycle, code 255
__toString, code 255
__get, code 255
__callStatic, code 255
error handler, code 255
autoloader, code 255
include, code 255
eval, code 255
tick function, code 255
iterator, code 255
stream filter, code 255
--- the child has a fatal error
