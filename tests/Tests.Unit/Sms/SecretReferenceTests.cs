using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Sdk.Wire.Sms;
using Tests.Unit.Poco.Vectors;
using Xunit;

namespace Tests.Unit.Sms;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("web3")]
    [InlineData("web2")]
    [InlineData("app")]
    [InlineData("requester")]
    public void Challenge_and_signature_are_those_of_the_official_client(string kind)
    {
        var vector = SdkVectors.Root.GetProperty("sms").GetProperty(kind);
        var (secret, value) = Read(kind, vector);
        Assert.Equal(SdkVectors.Text(vector, "challenge"), secret.Challenge(value).ToString());
        using var key = SdkVectors.Key;
        Assert.Equal(SdkVectors.Text(vector, "authorization"), key.SignMessage(secret.Challenge(value).AsSpan()).ToString());
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("iexec-result-encryption_public-KEY9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    public void Names_are_letters_digits_dash_and_underscore(string name, bool accepted) => Assert.Equal(accepted, SecretReference.IsName(name));

    [Fact]
    public void Names_have_at_most_64_characters()
    {
        Assert.True(SecretReference.IsName(new string('a', 64)));
        Assert.False(SecretReference.IsName(new string('a', 65)));
    }

    private static (SecretReference Secret, string Value) Read(string kind, JsonElement vector) => kind switch
    {
        "web3" => (SecretReference.OfDataset(At(vector, "secretAddress")), SdkVectors.Text(vector, "secretValue")),
        "web2" => (SecretReference.OfWallet(At(vector, "owner"), SdkVectors.Text(vector, "key")), SdkVectors.Text(vector, "value")),
        "app" => (SecretReference.OfApp(At(vector, "app")), SdkVectors.Text(vector, "value")),
        _ => (SecretReference.OfRequester(At(vector, "requester"), SdkVectors.Text(vector, "name")), SdkVectors.Text(vector, "value")),
    };

    private static Address At(JsonElement vector, string name) => Address.Parse(SdkVectors.Text(vector, name));
}
