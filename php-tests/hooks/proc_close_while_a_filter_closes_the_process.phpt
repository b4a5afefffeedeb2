--TEST--
proc_close() in a coroutine, when a stream filter of a pipe closes the process
--FILE--
<?php
/** Closes the process when its pipe is closed. */
class Closing extends php_user_filter
{
    public function filter($in, $out, &$consumed, bool $closing): int
    {
        if ($closing) {
            [$process, $GLOBALS['process']] = [$GLOBALS['process'], null];
            echo 'in the filter: ', proc_close($process), "\n";
        }
        return PSFS_FEED_ME;
    }
}
stream_filter_register('closing', Closing::class);
Swoole\Coroutine\run(function () {
    $process = proc_open(['true'], [['pipe', 'r'], ['pipe', 'r'], ['pipe', 'r']], $pipes);
    $GLOBALS['process'] = $process;
    stream_filter_append($pipes[0], 'closing', STREAM_FILTER_WRITE);
    try {
        proc_close($process);
    } catch (TypeError $error) {
        echo $error->getMessage(), "\n";
    }
    echo get_resource_type($process), ' ', get_resource_type($pipes[2]), "\n";
});
?>
--EXPECT--
in the filter: 0
proc_close(): supplied resource is not a valid process resource
Unknown Unknown
