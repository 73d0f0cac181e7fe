using System.Reflection;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk;
using Iexec.Sdk.Chains;
using Iexec.Testing;
using Tests.Unit.SourceTree;
using Xunit;

namespace Tests.Unit.Sdk.PublicApi;

/// <summary>Null where the signature does not allow it is told by the parameter's name, before anything is asked of a network.</summary>
public sealed class NullArgumentTests
{
    [Fact]
    public async Task Every_call_of_every_module_names_the_argument_that_is_null()
    {
        using var key = PrivateKey.Generate(new SeededEntropy(1));
        using var iexec = new IexecClient(
            new ChainSettings
            {
                Name = "none", Id = 1, Host = new Uri("http://127.0.0.1:1"), Hub = Address.Zero, IexecGateway = new Uri("http://127.0.0.1:1"), Sms = new Uri("http://127.0.0.1:1"),
                IpfsGateway = new Uri("http://127.0.0.1:1"), Compass = new Uri("http://127.0.0.1:1"),
            },
            key);
        var faults = new List<string>();
        var tried = 0;
        var nullability = new NullabilityInfoContext();
        foreach (var module in typeof(IexecClient).GetProperties().Where(property => property.PropertyType.Name.EndsWith("Module", StringComparison.Ordinal)))
        {
            var own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (var declared in module.PropertyType.GetMethods(own).Where(method => !method.IsSpecialName))
            {
                var method = declared.IsGenericMethodDefinition ? declared.MakeGenericMethod(typeof(Iexec.Poco.Orders.AppOrder)) : declared;
                var demanded = method.GetParameters().Where(
                    parameter => !parameter.ParameterType.IsValueType && !parameter.IsOptional && nullability.Create(parameter).WriteState != NullabilityState.Nullable);
                foreach (var parameter in demanded)
                {
                    tried++;
                    var error = await Record.ExceptionAsync(() => CallAsync(method, module.GetValue(iexec)!, parameter.Position));
                    if (error is not ArgumentNullException named || named.ParamName != parameter.Name)
                    {
                        faults.Add($"{module.Name}.{method.Name}({parameter.Name}: null) gives {error?.GetType().Name ?? "nothing"}: {error?.Message}");
                    }
                }
            }
        }

        Faults.None(faults);
        Assert.NotEqual(0, tried);
    }

    [Fact]
    public void A_client_of_nothing_is_refused() => Assert.Equal("chain", Assert.Throws<ArgumentNullException>(() => new IexecClient(null!)).ParamName);

    private static async Task CallAsync(MethodInfo method, object module, int missing)
    {
        object? answer;
        try
        {
            answer = method.Invoke(module, [.. method.GetParameters().Select(parameter => parameter.Position == missing ? null : Some(parameter))]);
        }
        catch (TargetInvocationException thrown)
        {
            throw thrown.InnerException!;
        }

        switch (answer)
        {
            case Task task:
                await task;
                break;
            case IAsyncEnumerable<object> many:
                await foreach (var _ in many)
                {
                }

                break;
        }
    }

    // What comes after the missing one is never looked at; what comes before must only be there.
    private static object? Some(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { IsValueType: true } value => Activator.CreateInstance(value),
        _ when parameter.IsOptional => null,
        var text when text == typeof(string) => parameter.Name == "provider" ? "dropbox" : "x",
        var stream when stream == typeof(Stream) => Stream.Null,
        var key when key == typeof(Iexec.Sdk.Datasets.DatasetKey) => Iexec.Sdk.Datasets.DatasetKey.Generate(new SeededEntropy(1)),
        var other => throw new NotSupportedException($"{other} needs an example."),
    };
}
