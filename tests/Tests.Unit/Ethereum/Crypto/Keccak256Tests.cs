using System.Text;
using Iexec.Ethereum.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto;

public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("IEXEC_SMS_DOMAIN", "0x0a26923d45a019b77e856d0001681f98ab9707ec15b2b98048cc91eed00b6793")]
    [InlineData("Transfer(address,address,uint256)", "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Published_hashes_come_out(string text, string hash) => Assert.Equal(hash, Keccak256.Hash(text).ToString());

    [Fact]
    public void Every_length_around_the_block_borders_agrees_with_BouncyCastle()
    {
        var data = new byte[700];
        new Random(1).NextBytes(data);
        for (var length = 0; length <= data.Length; length++)
        {
            Assert.Equal(Peer(data.AsSpan(0, length)), Keccak256.Hash(data.AsSpan(0, length)).ToArray());
        }
    }

    [Fact]
    public void A_text_longer_than_the_stack_buffer_is_hashed_as_its_utf8()
    {
        var text = string.Concat(Enumerable.Repeat("é€😀x", 500));
        Assert.Equal(Peer(Encoding.UTF8.GetBytes(text)), Keccak256.Hash(text).ToArray());
    }

    [Fact]
    public void A_digest_may_overwrite_its_own_input()
    {
        var data = Encoding.UTF8.GetBytes("a text of more than thirty-two bytes, to be overwritten");
        var expected = Peer(data);
        Keccak256.Hash(data, data);
        Assert.Equal(expected, data[..32]);
    }

    [Fact]
    public void Pieces_of_any_size_give_the_hash_of_the_whole()
    {
        var random = new Random(2);
        for (var run = 0; run < 200; run++)
        {
            var data = new byte[random.Next(1000)];
            random.NextBytes(data);
            var stream = new Keccak256Stream();
            for (var offset = 0; offset < data.Length;)
            {
                var length = Math.Min(random.Next(300), data.Length - offset);
                stream.Append(data.AsSpan(offset, length));
                offset += length;
            }

            Assert.Equal(Keccak256.Hash(data), stream.Finish());
        }
    }

    [Fact]
    public void A_finished_stream_takes_nothing_more()
    {
        var stream = new Keccak256Stream();
        stream.Finish();
        Assert.Throws<InvalidOperationException>(() => stream.Append([1]));
        Assert.Throws<InvalidOperationException>(() => stream.Finish());
    }

    private static byte[] Peer(ReadOnlySpan<byte> data)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(data.ToArray(), 0, data.Length);
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
