using System.Buffers.Binary;
using System.Text;
using Iexec.Worker.Containers;
using Iexec.Worker.Containers.Engine;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class LogTests
{
    [Fact]
    public async Task Frames_are_split_into_their_streams()
    {
        var source = new MemoryStream([.. Frame(1, "one "), .. Frame(2, "err"), .. Frame(1, ""), .. Frame(1, "two")]);
        TextTail stdout = new(), stderr = new();

        await LogStream.DemultiplexAsync(source, stdout, stderr, CancellationToken.None);

        Assert.Equal(("one two", "err"), (stdout.ToString(), stderr.ToString()));
    }

    [Fact]
    public async Task Torn_stream_keeps_what_came()
    {
        var source = new MemoryStream(Frame(1, "complete").Concat(Frame(1, "torn")[..10]).ToArray());
        TextTail stdout = new();

        await LogStream.DemultiplexAsync(source, stdout, new TextTail(), CancellationToken.None);

        Assert.Equal("completeto", stdout.ToString());
    }

    [Fact]
    public void Only_the_end_is_kept_and_characters_stay_whole()
    {
        var tail = new TextTail(limit: 5);
        foreach (var single in Encoding.UTF8.GetBytes("abcdefghijklmnopq\u00e9\U0001F600z"))
        {
            tail.Append([single]);
        }

        Assert.Equal("q\u00e9\U0001F600z", tail.ToString());
        tail.Append("yxw"u8);
        Assert.Equal("zyxw", tail.ToString());
    }

    private static byte[] Frame(byte stream, string text)
    {
        var frame = new byte[8 + text.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), text.Length);
        Encoding.ASCII.GetBytes(text, frame.AsSpan(8));
        return frame;
    }
}
