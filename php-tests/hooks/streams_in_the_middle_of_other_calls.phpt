--TEST--
Autoloaders, destructors, comparisons, serialization and output buffers that read through a hooked stream, while other coroutines do the same
--FILE--
<?php
use Swoole\Coroutine as Co;
use function Swoole\Coroutine\{run, go};

/** Asks a server for something, which answers when it is told to. */
final class Source
{
    public static array $asked = [];

    public static function ask(string $what): string
    {
        [$own, $other] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        self::$asked[] = [$other, $what];
        return rtrim(fgets($own));
    }

    /** Answers all, the last first. */
    public static function answer(): int
    {
        $count = 0;
        while (self::$asked !== []) {
            [$stream, $what] = array_pop(self::$asked);
            fwrite($stream, "answer to $what\n");
            $count++;
            Co::sleep(0.001);
        }
        return $count;
    }
}

spl_autoload_register(function (string $class) {
    echo "loading $class\n";
    $text = Source::ask($class);
    eval("class $class { const TEXT = '$text'; }");
});
class Destroyed
{
    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "destroyed: ", Source::ask($this->name), "\n";
    }
}
class Slow implements Serializable
{
    public function __construct(public string $name)
    {
    }

    public function serialize(): ?string
    {
        return Source::ask($this->name);
    }

    public function unserialize(string $data): void
    {
        $this->name = Source::ask($data);
    }

    public function __serialize(): array
    {
        return [Source::ask($this->name)];
    }

    public function __unserialize(array $data): void
    {
        $this->name = Source::ask($data[0]);
    }
}

run(function () {
    $together = function (callable ...$calls) {
        $cids = array_map(fn ($call) => go(function () use ($call) {
            try {
                echo json_encode($call()), "\n";
            } catch (Throwable $e) {
                echo get_class($e), ': ', $e->getMessage(), "\n";
            }
        }), $calls);
        while (Source::answer() > 0);
        Co::join($cids);
    };
    echo "-- autoload\n";
    $together(fn () => First::TEXT, fn () => First::TEXT, fn () => Second::TEXT, fn () => class_exists('Third'));
    echo "-- destructors\n";
    $together(function () {
        $object = new Destroyed('one');
        unset($object);
        return 1;
    }, function () {
        new Destroyed('two');
        throw new Exception('after the destructor');
    });
    echo "-- sorts\n";
    $sort = function (array $list, int $sign) {
        usort($list, function ($a, $b) use ($sign) {
            Source::ask('compare');
            return $sign * ($a <=> $b);
        });
        return $list;
    };
    $together(fn () => $sort([3, 1, 2], 1), fn () => $sort([1, 3, 2], -1));
    echo "-- serialization\n";
    $together(fn () => serialize([new Slow('a'), new Slow('b')]), fn () => serialize([1, new Slow('c')]));
    echo "-- output buffers\n";
    $buffer = function (string $name) {
        ob_start(fn ($text) => strtoupper($text));
        echo "$name begins, ";
        ob_start();
        echo Source::ask($name), ', ';
        $inner = ob_get_clean();
        echo $inner, Source::ask("more of $name"), "\n";
        ob_end_flush();
        return $name;
    };
    $together(fn () => $buffer('x'), fn () => $buffer('y'), fn () => print("outside\n"));
    echo "-- generators, fibers and callbacks\n";
    $together(function () {
        $generator = (function () {
            yield Source::ask('first');
            yield Source::ask('second');
        })();
        return iterator_to_array($generator, false);
    }, function () {
        $fiber = new Fiber(fn () => [Source::ask('in a fiber'), Fiber::suspend('out'), Source::ask('again')]);
        return [$fiber->start(), $fiber->resume('in'), $fiber->getReturn()];
    }, fn () => array_map(Source::ask(...), ['p', 'q']), fn () => preg_replace_callback('/./', fn ($m) => Source::ask($m[0])[-1], 'rs'));
    echo "-- where nobody may wait\n";
    [$own, $other] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    fwrite($other, "at once\n");
    $cycle = new class ($own) {
        public $self;

        public function __construct(private $stream)
        {
            $this->self = $this;
        }

        public function __destruct()
        {
            stream_set_timeout($this->stream, 0, 1000);
            echo json_encode([fgets($this->stream), fgets($this->stream), stream_get_meta_data($this->stream)['timed_out']]), "\n";
        }
    };
    unset($cycle);
    go(fn () => print("others do not run meanwhile\n"));
    echo gc_collect_cycles() > 0 ? "collected\n" : "not collected\n";
});
?>
--EXPECT--
-- autoload
loading First
loading Second
loading Third
true
"answer to Second"
"answer to First"
"answer to First"
-- destructors
destroyed: destroyed: answer to two
Exception: after the destructor
answer to one
1
-- sorts
[3,2,1]
[1,2,3]
-- serialization
"a:2:{i:0;i:1;i:1;O:4:\"Slow\":1:{i:0;s:11:\"answer to c\";}}"
"a:2:{i:0;O:4:\"Slow\":1:{i:0;s:11:\"answer to a\";}i:1;O:4:\"Slow\":1:{i:0;s:11:\"answer to b\";}}"
-- output buffers
outside
1
Y BEGINS, ANSWER TO Y, ANSWER TO MORE OF Y
"y"
X BEGINS, ANSWER TO X, ANSWER TO MORE OF X
"x"
-- generators, fibers and callbacks
"rs"
["answer to p","answer to q"]
["out",null,["answer to in a fiber","in","answer to again"]]
["answer to first","answer to second"]
-- where nobody may wait
others do not run meanwhile
["at once\n",false,true]
collected
