--TEST--
while the compiler runs, an error handler cannot wait; what it starts or wakes runs from the loop
--INI--
; With the optimizer no error handler is called while a file is compiled.
opcache.enable_cli=0
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

$later = 0;
$name = tempnam(sys_get_temp_dir(), 'compiled');
// Deprecated since 8.0: the compiler says so.
$code = '<?php function %s($a = 1, $b) { return $b; } return "%s";';

set_error_handler(function (int $level, string $text) {
    if ($level !== E_DEPRECATED) {
        return false;
    }
    try {
        Coroutine::sleep(0.001);
        echo "the compiler was left\n";
    } catch (Swoole\Error $e) {
        echo $e->getMessage(), "\n";
    }
    Coroutine::exists($GLOBALS['yields']) && Coroutine::resume($GLOBALS['yields']);
    go(function () use ($text) {
        Coroutine::sleep(0.001);
        echo "later: ", strstr($text, ' declared', true), "\n";
        $GLOBALS['later']++;
    });
    return true;
});

run(function () use ($name, $code) {
    $GLOBALS['yields'] = go(function () use ($name, $code) {
        Coroutine::yield();
        echo 'resumed: ', eval('return 6 * 7;'), "\n";
    });
    file_put_contents($name, sprintf($code, 'first', 'included'));
    echo include $name, "\n";
    while ($GLOBALS['later'] < 1) {
        Coroutine::sleep(0.001);
    }
    echo eval(substr(sprintf($code, 'second', 'evaluated'), 6)), "\n";
    while ($GLOBALS['later'] < 2) {
        Coroutine::sleep(0.001);
    }
    echo first(1, 2) + second(3, 4), "\n";
});
unlink($name);

echo "reading does not count\n";
final class Slow
{
    public $context;
    private string $text = '';

    public function stream_open(string $path): bool
    {
        Coroutine::sleep(0.001);
        $this->text = '<?php return ' . var_export(substr($path, 7), true) . ';';
        return true;
    }

    public function stream_read(): string
    {
        Coroutine::sleep(0.001);
        try {
            return $this->text;
        } finally {
            $this->text = '';
        }
    }

    public function stream_eof(): bool
    {
        return $this->text === '';
    }

    public function stream_stat(): array
    {
        return [];
    }

    public function stream_set_option(): bool
    {
        return false;
    }
}
stream_wrapper_register('slow', Slow::class);
run(function () {
    foreach (['one', 'two'] as $name) {
        go(fn () => print((include "slow://$name") . "\n"));
    }
    echo eval('return "other";'), "\n";
});
?>
--EXPECTF--
cannot switch coroutines in the current execution context
included
resumed: 42
later: %SOptional parameter $a
cannot switch coroutines in the current execution context
evaluated
later: %SOptional parameter $a
6
reading does not count
other
one
two
