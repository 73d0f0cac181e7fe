using Iexec.Ethereum;

namespace Iexec.Sdk.Results;

/// <summary>The regular files of an output, wherever they lie: in a worker's folder, or in the archive. Paths are relative, with <c>/</c>.</summary>
internal interface IResultFiles
{
    /// <summary>Paths of the files.</summary>
    IEnumerable<string> Paths { get; }

    /// <summary>True if there is a folder at the path, be it empty.</summary>
    bool HasFolder(string path);

    /// <summary>SHA-256 of one of the <see cref="Paths"/>.</summary>
    Bytes32 Sha256(string path);
}
