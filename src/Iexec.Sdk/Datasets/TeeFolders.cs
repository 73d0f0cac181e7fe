using Iexec.Sdk.Project;

namespace Iexec.Sdk.Datasets;

/// <summary>The folders of V2: what goes into an enclave, what comes out of it, and the keys.</summary>
internal sealed class TeeFolders(ProjectFolder project, TimeProvider time)
{
    private string Root => project["tee"];

    /// <summary>Files to encrypt and upload.</summary>
    public string Inputs => Path.Combine(Root, "inputs");

    /// <summary>Downloaded results.</summary>
    public string EncryptedOutputs => Path.Combine(Root, "encryptedOutputs");

    /// <summary>Decrypted results.</summary>
    public string Outputs => Path.Combine(Root, "outputs");

    /// <summary>The inputs as datasets: encrypted ones lie beside their keys.</summary>
    public DatasetFolders AsDatasets => new(Inputs, Path.Combine(Root, "encryptedInputs"), new SecretFolder(Path.Combine(Root, "keys"), time));

    /// <summary>Makes them.</summary>
    public void Create()
    {
        AsDatasets.Create();
        Directory.CreateDirectory(EncryptedOutputs);
        Directory.CreateDirectory(Outputs);
    }
}
