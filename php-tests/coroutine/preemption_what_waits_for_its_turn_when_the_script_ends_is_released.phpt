--TEST--
a coroutine that was made to give way, and gets no turn any more because the loop was left, is released at the end of the script
--FILE--
<?php
use Swoole\{Coroutine, Event};

final class Told
{
    public function __construct(private string $name)
    {
    }

    public function __destruct()
    {
        echo "$this->name is destroyed\n";
    }
}

Coroutine::set(['enable_preemptive_scheduler' => true, 'enable_deadlock_check' => false]);
foreach (['before' => fn () => Coroutine::yield(), 'busy' => function () { while (true); }, 'after' => fn () => Coroutine::yield()] as $name => $body) {
    Coroutine::create(function () use ($name, $body) {
        // A debug build of PHP reports the text if nobody releases it.
        $held = [str_repeat($name, 3), new Told($name)];
        $body();
        var_dump($held);
    });
}
Event::defer(Event::exit(...));
Event::wait();
echo "end\n";
?>
--EXPECT--
end
before is destroyed
busy is destroyed
after is destroyed
