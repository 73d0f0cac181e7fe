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
public sealed class ResultKeyPair(SecretFolder folder)
{
    private const int KeyBits = 4096;
    private const string MakeOne = "Make one: iexec result generate-encryption-keypair";

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
        using var rsa = RSA.Create(KeyBits);
        folder.Create();
        folder.Write(PrivateName(beneficiary), rsa.ExportPkcs8PrivateKeyPem() + "\n");
        folder.Write(PublicName(beneficiary), rsa.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    /// <summary>The public key as the secret service takes it: base64 of the PEM text.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing; ValidationError: not a public RSA key.</exception>
    public string ReadPublic(string name)
    {
        var pem = folder.Read(name, MakeOne);
        using var rsa = Import(pem, "public", "Name the file that ends with .pub.");
        // Pushed by mistake, a private key would be in everybody's hands.
        return pem.Contains("PRIVATE", StringComparison.Ordinal)
            ? throw new IexecException(ErrorCode.ValidationError, $"\"{Path.GetFileName(name)}\" is the private key", "Name the file that ends with .pub; nothing was sent.")
            : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
    }

    /// <summary>The private key.</summary>
    /// <exception cref="IexecException">ConfigurationError: missing; ValidationError: <c>Invalid beneficiary key</c>.</exception>
    public RSA OpenPrivate(string name)
    {
        var pem = folder.Read(name, "Choose another one with --beneficiary-key-file, or its folder with --beneficiary-keystoredir.");
        return Import(pem, "private", "A private RSA key in PEM form is expected.");
    }

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
