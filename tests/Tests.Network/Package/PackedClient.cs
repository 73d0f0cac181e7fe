using Iexec.Testing;
using Xunit;

namespace Tests.Network.Package;

/// <summary>The package of the client in a folder that is a feed.</summary>
public sealed class PackedClient : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Holds the package and its symbols.</summary>
    public string Feed => File("feed");

    /// <summary>A place beside it.</summary>
    public string File(string name) => _folder.File(name);

    public async Task InitializeAsync() => await PackAsync(Feed);

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Packs what was built for the tests: building here would take it from under the feet of others.</summary>
    public static Task<string> PackAsync(string folder) => DotnetProgram.RunAsync(
        Repository.Root, [], "pack", "src/Iexec.Sdk", "--no-build", "--nologo", "-v", "q", "-o", folder, "-c", Configuration);

    /// <summary>The one that these tests were built in.</summary>
    public static string Configuration => new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Name == "debug" ? "Debug" : "Release";
}
