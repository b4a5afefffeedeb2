--TEST--
a fatal error where a switch was possible: nobody who waits for the class goes on; what runs afterwards finds all as it should be
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

Coroutine::set(['enable_deadlock_check' => false]);
$what = [
    'autoloader' => function () {
        spl_autoload_register(function (string $class) {
            Coroutine::sleep(0.001);
            eval('interface Twice {} interface Twice {}');
        });
        go(fn () => new Missing());
        go(function () {
            class_exists('Missing');
            echo "goes on\n";
        });
    },
    'sort' => fn () => go(function () {
        $list = [2, 1];
        usort($list, function () {
            Coroutine::sleep(0.001);
            eval('interface Twice {} interface Twice {}');
        });
    }),
    'destructor' => fn () => go(function () {
        new class {
            public function __destruct()
            {
                Coroutine::sleep(0.001);
                eval('interface Twice {} interface Twice {}');
            }
        };
    }),
    'collector' => fn () => go(function () {
        $x = new class {
            public $self;

            public function __destruct()
            {
                eval('interface Twice {} interface Twice {}');
            }
        };
        $x->self = $x;
        $x = null;
        gc_collect_cycles();
    }),
];
foreach ($what as $name => $body) {
    $pid = pcntl_fork();
    if ($pid !== 0) {
        pcntl_waitpid($pid, $status);
        echo "status ", pcntl_wexitstatus($status), "\n";
        continue;
    }
    echo "$name\n";
    register_shutdown_function(function () {
        run(function () {
            $list = [3, 1, 2];
            usort($list, function ($a, $b) {
                Coroutine::sleep(0.001);
                return $a <=> $b;
            });
            echo implode(' ', $list), ' ', serialize([1]), "\n";
        });
    });
    run($body);
    break;
}
?>
--EXPECTF--
autoloader

Fatal error: Cannot %Sdeclare interface Twice%s on line %d
%A1 2 3 a:1:{i:0;i:1;}
status 255
sort

Fatal error: Cannot %Sdeclare interface Twice%s on line %d
%A1 2 3 a:1:{i:0;i:1;}
status 255
destructor

Fatal error: Cannot %Sdeclare interface Twice%s on line %d
%A1 2 3 a:1:{i:0;i:1;}
status 255
collector

Fatal error: Cannot %Sdeclare interface Twice%s on line %d
%A1 2 3 a:1:{i:0;i:1;}
status 255
