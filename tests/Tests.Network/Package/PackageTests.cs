using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Iexec.Testing;
using Xunit;

namespace Tests.Network.Package;

/// <summary>The package as somebody gets it: packed, put into a folder, and used by a program that knows nothing of this tree.</summary>
public sealed class PackageTests(PackedClient packed) : IClassFixture<PackedClient>
{
    [Fact]
    public async Task A_program_that_has_only_the_package_builds_and_runs()
    {
        var program = Directory.CreateDirectory(packed.File("program")).FullName;
        await ConsumerProject.WriteAsync(program, packed.Feed);

        // A cache of its own: the machine's must not keep a package that was made for a test.
        (string, string)[] variables = [("NUGET_PACKAGES", packed.File("packages"))];
        await DotnetProgram.RunAsync(program, variables, "build", "-c", "Release", "--nologo", "-v", "q");
        var output = await DotnetProgram.RunAsync(program, variables, Path.Combine("bin", "Release", "net10.0", "Consumer.dll"));

        Assert.Equal(
            ["True 0xad3228b676f7d3cd4284a5443f17f1962b36e491b30a40b2405849e597ba5fb5", "Web3ProviderError"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_package_has_all_that_belongs_to_it_and_is_the_same_every_time()
    {
        await PackedClient.PackAsync(packed.File("again"));
        foreach (var file in Directory.EnumerateFiles(packed.Feed))
        {
            var again = Path.Combine(packed.File("again"), Path.GetFileName(file));
            Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(file)), SHA256.HashData(await File.ReadAllBytesAsync(again)));
        }

        await using var package = await ZipFile.OpenReadAsync(Assert.Single(Directory.EnumerateFiles(packed.Feed, "*.nupkg")));
        await using var symbols = await ZipFile.OpenReadAsync(Assert.Single(Directory.EnumerateFiles(packed.Feed, "*.snupkg")));
        string[] assemblies = ["Iexec.Ethereum", "Iexec.Poco", "Iexec.Sdk"];
        Assert.Equal(assemblies.SelectMany(name => new[] { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }), Below(package, "lib/"));
        Assert.Equal(assemblies.Select(name => $"lib/net10.0/{name}.pdb"), Below(symbols, "lib/"));
        Assert.NotNull(package.GetEntry("LICENSE"));
        Assert.NotNull(package.GetEntry("README.md"));

        using var nuspec = new StreamReader(await package.GetEntry("Iexec.Sdk.nuspec")!.OpenAsync());
        var metadata = XDocument.Parse(await nuspec.ReadToEndAsync()).Descendants().ToLookup(element => element.Name.LocalName);
        Assert.Equal("SimpleBase", (string?)Assert.Single(metadata["dependency"]).Attribute("id"));
        Assert.Equal(("Apache-2.0", "README.md"), (metadata["license"].Single().Value, metadata["readme"].Single().Value));
    }

    [Fact]
    public async Task What_is_packed_does_not_tell_where_it_was_built()
    {
        await using var package = await ZipFile.OpenReadAsync(Assert.Single(Directory.EnumerateFiles(packed.Feed, "*.nupkg")));
        foreach (var entry in package.Entries.Where(entry => PackedClient.Configuration == "Release" && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            await using (var stream = await entry.OpenAsync())
            {
                await stream.CopyToAsync(content);
            }

            Assert.Equal(-1, content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)));
        }
    }

    private static IEnumerable<string> Below(ZipArchive archive, string prefix) =>
        archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
