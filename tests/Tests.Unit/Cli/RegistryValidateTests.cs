using System.Buffers.Binary;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

public sealed class RegistryValidateTests : IDisposable
{
    private const string Good = "\"license\": \"MIT\", \"author\": \"me\", \"social\": {\"website\": \"x\"}";
    private static readonly string Description = new('d', 150);
    private readonly CliRunner _cli = new();

    [Theory]
    [InlineData("logo.png")]
    [InlineData("logo.PNG")]
    [InlineData("logo.jpg")]
    [InlineData("logo.jpeg")]
    public async Task What_is_complete_is_validated(string logo)
    {
        Write($"{{\"description\": \"{Description}\", \"logo\": \"{logo}\", {Good}, \"buyConf\": {{}}}}");
        File.WriteAllBytes(_cli[logo], logo.Contains("png", StringComparison.OrdinalIgnoreCase) ? Png(180, 180) : Jpeg(180, 180));
        File.WriteAllText(_cli["deployed.json"], "{\"app\": {\"42\": \"0xa760FEfAd0a38D494890501120cB79f5EEAFeE28\"}}");
        var result = await _cli.OkAsync("registry", "validate", "app");
        Assert.Equal("{\"ok\":true,\"validated\":[\"iexec.json\",\"logo\",\"deployed.json\"],\"fail\":[]}", result.ToJsonString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_with_its_line()
    {
        Write("{\n  \"description\": \"short\",\n  \"logo\": \"logo.png\",\n  \"social\": {\"website\": 7},\n  \"buyConf\": 7\n}");
        File.WriteAllBytes(_cli["logo.png"], Jpeg(10, 20));
        var failures = (await _cli.FailAsync("registry", "validate", "dataset"))["fail"]!.AsArray().Select(failure => (string)failure!).ToArray();
        Assert.Equal(
        [
            "description must have 150 to 2000 characters, it has 5 in iexec.json (line 2)",
            "license is a required field in iexec.json (line 1)",
            "author is a required field in iexec.json (line 1)",
            "social holds texts only in iexec.json (line 4)",
            "buyConf must be an object in iexec.json (line 5)",
            "logo \"logo.png\" is a jpg picture: its name must end with .jpg",
            "logo \"logo.png\" has 10 × 20 pixels, 180 × 180 are needed",
            "deployed.json has no dataset: deploy it first",
        ],
        failures);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xff, 0xd8, 0xff })]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0 })]
    [InlineData(new byte[] { 0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public async Task A_broken_picture_is_no_picture(byte[] content)
    {
        Write($"{{\"description\": \"{Description}\", \"logo\": \"logo.png\", {Good}}}");
        File.WriteAllBytes(_cli["logo.png"], content);
        Assert.Contains("no PNG or JPEG picture", (string)(await _cli.FailAsync("registry", "validate", "app"))["fail"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_word_is_refused() => await _cli.FailAsync("registry", "validate", "worker");

    private void Write(string iexec) => File.WriteAllText(_cli["iexec.json"], iexec);

    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[33];
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R' }.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    // Start, an application segment of 16 bytes, a frame header.
    private static byte[] Jpeg(ushort width, ushort height)
    {
        byte[] bytes = [0xff, 0xd8, 0xff, 0xe0, 0, 16, .. new byte[14], 0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(25), height);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(27), width);
        return bytes;
    }

    public void Dispose() => _cli.Dispose();
}
