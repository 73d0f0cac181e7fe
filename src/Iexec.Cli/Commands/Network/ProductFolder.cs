using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Network;

/// <summary>The clone that the program was built from: the node's tools and the samples lie there.</summary>
internal static class ProductFolder
{
    /// <exception cref="IexecException">The program does not lie in a clone.</exception>
    public static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "eng", "tools", "package.json")))
            {
                return folder;
            }
        }

        throw new IexecException(ErrorCode.ConfigurationError, "The product's folder is not found.", "Run ./iexec in a clone of the product.");
    }
}
