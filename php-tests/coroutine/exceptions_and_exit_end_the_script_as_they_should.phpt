--TEST--
Coroutine: what follows an uncaught exception or an exit: other coroutines, shutdown functions, destructors, the status
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';

class Told
{
    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "  $this->name destroyed\n";
    }
}
$cases = [
    'exception' => fn () => throw new Exception('nobody catches this'),
    'exit' => fn () => exit(3),
    'exit with text' => fn () => exit("  text\n"),
    'exit caught' => function () {
        try {
            exit(4);
        } catch (Swoole\ExitException $e) {
            echo '  caught ', $e->getStatus(), "\n";
        }
    },
    'fatal error' => fn () => trigger_error('fatal', E_USER_ERROR),
    'out of memory' => fn () => str_repeat('x', PHP_INT_MAX >> 1),
];
ini_set('display_errors', '0');
foreach ($cases as $name => $body) {
    echo "$name\n";
    $process = new Process(function () use ($body) {
        register_shutdown_function(fn () => print("  shutdown\n"));
        Swoole\Coroutine\run(function () use ($body) {
            Swoole\Coroutine::create(function () {
                $told = new Told('waiting');
                Swoole\Coroutine::sleep(0.2);
                echo "  slept\n";
            });
            $told = new Told('own');
            Swoole\Coroutine::sleep(0.001);
            $body();
        });
        echo "  after run\n";
    });
    $process->start();
    echo ending(Process::wait()), "\n";
}
?>
--EXPECT--
exception
  own destroyed
  shutdown
  waiting destroyed
code 255
exit
  own destroyed
  shutdown
  waiting destroyed
code 255
exit with text
  own destroyed
  shutdown
  waiting destroyed
code 255
exit caught
  caught 4
  own destroyed
  slept
  waiting destroyed
  after run
  shutdown
code 0
fatal error
  shutdown
code 255
out of memory
  shutdown
code 255
