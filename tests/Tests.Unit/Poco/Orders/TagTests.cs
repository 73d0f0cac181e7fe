using System.Text.Json;
using Iexec.Poco.Orders;
using Tests.Unit.Poco.Vectors;
using Xunit;

namespace Tests.Unit.Poco.Orders;

public sealed class TagTests
{
    [Fact]
    public void Names_encode_and_decode_as_in_the_official_client()
    {
        foreach (var vector in SdkVectors.Root.GetProperty("tags").EnumerateObject())
        {
            var tag = TagNames.Parse(vector.Name, TagPolicy.AnyFramework);
            Assert.Equal(vector.Value.GetString(), tag.ToString());
            Assert.Equal(vector.Name, string.Join(',', TagNames.Of(tag)));
        }
    }

    [Fact]
    public void The_official_policy_refuses_in_the_official_words()
    {
        foreach (var vector in SdkVectors.Root.GetProperty("tagSchema").EnumerateObject())
        {
            using var input = JsonDocument.Parse(vector.Name);
            var options = input.RootElement[0];
            var policy = new TagPolicy(options.TryGetProperty("ignoreLegacyTeeFramework", out _), options.TryGetProperty("allowAgnosticTee", out _));
            var expected = vector.Value.GetString()!;
            if (expected.StartsWith("ERR ", StringComparison.Ordinal))
            {
                var error = Assert.Throws<FormatException>(() => TagNames.Read(input.RootElement[1], policy));
                Assert.Equal(expected[4..], error.Message);
            }
            else
            {
                Assert.Equal(expected, TagNames.Read(input.RootElement[1], policy).ToString());
            }
        }
    }

    [Fact]
    public void Unknown_bits_and_two_frameworks_are_refused()
    {
        Assert.Equal("Unknown bit 12 in tag", Assert.Throws<FormatException>(() => TagNames.Parse(Tag.Of(12).ToString(), TagPolicy.AnyFramework)).Message);
        Assert.StartsWith(
            "tee framework tags are exclusive",
            Assert.Throws<FormatException>(() => TagNames.Parse("tee,scone,tdx", TagPolicy.AnyFramework)).Message,
            StringComparison.Ordinal);
        Assert.Equal(["tee", "bit 255"], TagNames.Of(Tag.Of(0, 255)));
    }
}
