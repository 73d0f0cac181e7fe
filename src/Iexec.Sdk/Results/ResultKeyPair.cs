using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Results;

/// <summary>
/// The RSA-4096 keys of a beneficiary, for whose results the public one encrypts. Files <c>{address}_key</c> (PKCS#8 PEM) and
/// <c>{address}_key.pub</c> (SubjectPublicKeyInfo PEM).
/// </summary>
internal sealed class ResultKeyPair(SecretFolder folder)
{
    private const int KeyBits = 4096;
    private static readonly Advice MakeOne = new Advice("Make a pair of keys first.", Remedy.MakeResultKeys);

    /// <summary>Where the keys of a project are; null takes the usual place.</summary>
    public static SecretFolder FolderOf(ProjectFolder project, TimeProvider time, string? path) =>
        new(Path.GetFullPath(path ?? Path.Combine(".secrets", "beneficiary"), project.Path), time);

    /// <summary>Name of the private key's file.</summary>
    public static string PrivateName(Address beneficiary) => $"{beneficiary}_key";

    /// <summary>Name of the public key's file.</summary>
    public static string PublicName(Address beneficiary) => $"{beneficiary}_key.pub";

    /// <summary>True if the beneficiary has keys here.</summary>
    public bool Exists(Address beneficiary) => folder.Has(PrivateName(beneficiary)) || folder.Has(PublicName(beneficiary));

    /// <summary>Makes and stores a pair; a former one is put aside, since results may still need it.</summary>
    public void Generate(Address beneficiary)
    {
        var pair = Create();
        folder.Create();
        folder.Write(PrivateName(beneficiary), pair.PrivateKeyPem);
        folder.Write(PublicName(beneficiary), pair.PublicKeyPem);
    }

    /// <summary>Makes a pair.</summary>
    public static EncryptionKeyPair Create()
    {
        using var rsa = RSA.Create(KeyBits);
        return new EncryptionKeyPair(rsa.ExportPkcs8PrivateKeyPem() + "\n", rsa.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    /// <summary>The public key as the secret service takes it: base64 of the PEM text.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing; ValidationError: not a public RSA key.</exception>
    public string ReadPublic(string name) => ToSecret(folder.Read(name, MakeOne), $"\"{Path.GetFileName(name)}\"");

    /// <summary>A public key as the secret service takes it: base64 of the PEM text.</summary>
    /// <param name="pem">The key.</param>
    /// <param name="called">What a message calls it.</param>
    /// <exception cref="IexecException">ValidationError: not a public RSA key.</exception>
    internal static string ToSecret(string pem, string called)
    {
        using var rsa = Import(pem, "public", "Name the file that ends with .pub.");
        // Pushed by mistake, a private key would be in everybody's hands.
        return pem.Contains("PRIVATE", StringComparison.Ordinal)
            ? throw new IexecException(ErrorCode.ValidationError, $"{called} is the private key", "Name the file that ends with .pub; nothing was sent.")
            : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
    }

    /// <summary>The private key.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing; ValidationError: <c>Invalid beneficiary key</c>.</exception>
    public RSA OpenPrivate(string name) => ImportPrivate(folder.Read(name, new Advice("Check the name of the key and its folder.", Remedy.ChooseResultKey)));

    /// <summary>Reads a private key.</summary>
    /// <exception cref="IexecException">ValidationError: <c>Invalid beneficiary key</c>.</exception>
    internal static RSA ImportPrivate(string pem) => Import(pem, "private", "A private RSA key in PEM form is expected.");

    private static RSA Import(string pem, string what, string hint)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa;
        }
        catch (Exception malformed) when (malformed is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new IexecException(ErrorCode.ValidationError, $"Invalid beneficiary key: this is no {what} RSA key", hint, malformed);
        }
    }
}

/// <summary>The RSA keys of a beneficiary. The private one is a secret: its text is not part of <c>ToString</c>.</summary>
/// <param name="PrivateKeyPem">PKCS#8.</param>
/// <param name="PublicKeyPem">SubjectPublicKeyInfo.</param>
public sealed record EncryptionKeyPair(string PrivateKeyPem, string PublicKeyPem)
{
    /// <summary>The public key alone.</summary>
    public override string ToString() => PublicKeyPem;
}
