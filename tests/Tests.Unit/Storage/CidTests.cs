using System.Text;
using Iexec.Sdk.Storage;
using Xunit;

namespace Tests.Unit.Storage;

/// <summary>
/// Identifiers of generated files were computed with npm ipfs-unixfs-importer (CID version 0, dag-pb leaves, 262,144-byte chunks, balanced layout of
/// 174 links), those of texts are known from Kubo.
/// </summary>
public sealed class CidTests
{
    [Theory]
    [InlineData("hello world", "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD")]
    [InlineData("hello world\n", "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o")]
    public void Texts_have_the_identifiers_that_Kubo_gives(string text, string expected)
    {
        var builder = new CidBuilder();
        builder.Append(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, builder.Finish().ToString());
    }

    [Theory]
    [InlineData(0, "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH")]
    [InlineData(1, "QmckNAcWX3uq4Mx8rSCsHvYyBuEwjPWkSBJ9NkJq1GEhma")]
    [InlineData(11, "QmPwyB1eBZCv4PiEXkCfyQpibAPUfbb2otEvfsxzGdd9iV")]
    [InlineData(262_144, "QmYH5u9QHv3vJAuYtVEVjdoKTqwxDse32uG6QZHjrUBTxH")]
    [InlineData(262_145, "QmXk293KuVQQYgGpKe91CzW2hykJGFjmhjV4ZUDrXiRTFc")]
    [InlineData(524_288, "QmbMdkE9KbJfYbYa8T8z5tP8KniLvRsPK9hGbViwKxtLzr")]
    [InlineData(45_613_056, "QmUfTtxTCStSw1Gw8ECVdTBBGao5hGnn23FAfubpZwCF2U")]
    [InlineData(45_613_057, "QmWrwe6nrE5JShDNfK29Hfh8yzmsTbZcwMrjFXTpDD92h2")]
    public void Trees_of_every_shape_have_the_identifiers_that_Kubo_gives(int length, string expected)
    {
        var builder = new CidBuilder();
        var state = 1u;
        var block = new byte[100_003];
        for (var left = length; left > 0;)
        {
            var take = Math.Min(left, block.Length);
            for (var i = 0; i < take; i++)
            {
                state = unchecked((state * 1_664_525) + 1_013_904_223);
                block[i] = (byte)(state >> 24);
            }

            builder.Append(block.AsSpan(0, take));
            left -= take;
        }

        Assert.Equal(expected, builder.Finish().ToString());
    }

    [Theory]
    [InlineData("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o", true)]
    [InlineData("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5", false)]
    [InlineData("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff50", false)]
    [InlineData("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", false)]
    [InlineData("../../etc/passwdxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_version_0_identifiers_parse(string? text, bool valid) => Assert.Equal(valid, Cid.TryParse(text, out _));
}
