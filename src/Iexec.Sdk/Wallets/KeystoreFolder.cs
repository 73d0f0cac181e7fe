using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Wallets;

/// <summary>A folder of UTC/JSON files, shared with other Ethereum programs.</summary>
internal sealed class KeystoreFolder
{
    private KeystoreFolder(string path) => Path = path;

    /// <summary>Absolute path; the folder need not exist.</summary>
    public string Path { get; }

    /// <summary>
    /// <c>global</c> (also null): the operating system's Ethereum keystore; <c>local</c>: the project folder; anything else is a path.
    /// </summary>
    public static KeystoreFolder At(string? location, string projectFolder, string homeFolder) => new(location switch
    {
        null or "" or "global" => System.IO.Path.Combine([homeFolder, .. GlobalFolder()]),
        "local" => projectFolder,
        _ => System.IO.Path.GetFullPath(location, projectFolder),
    });

    /// <summary>Full path of a file with this name; a name may be a path of its own.</summary>
    public string this[string fileName] => System.IO.Path.GetFullPath(fileName, Path);

    /// <summary>The newest <c>UTC--</c> file, of this account if one is given; null when there is none.</summary>
    public string? FindNewest(Address? account = null) => ListNames().Where(name => account is null || AddressInName(name) == account).Max(StringComparer.Ordinal) is { } newest
        ? this[newest]
        : null;

    /// <summary>Names of all <c>UTC--</c> files.</summary>
    public IReadOnlyList<string> ListNames()
    {
        if (!Directory.Exists(Path))
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(Path, "UTC--*").Select(file => System.IO.Path.GetFileName(file))];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The keystore folder cannot be read", new Advice("Check its permissions, or name another one.", Remedy.ChooseKeystore), refused);
        }
    }

    /// <summary>The folder, made with access for its owner alone if it was missing.</summary>
    public void Create() => PrivateFolder.Create(Path);

    /// <summary>The address in <c>UTC--{time}--{address}</c>; null for another form of name.</summary>
    internal static Address? AddressInName(string file) =>
        System.IO.Path.GetFileName(file).Split("--") is [_, _, var hex, ..] && Address.TryParse(hex, out var address) ? address : null;

    private static string[] GlobalFolder() =>
        OperatingSystem.IsWindows() ? ["AppData", "Roaming", "Ethereum", "keystore"]
        : OperatingSystem.IsMacOS() ? ["Library", "Ethereum", "keystore"]
        : [".ethereum", "keystore"];
}
