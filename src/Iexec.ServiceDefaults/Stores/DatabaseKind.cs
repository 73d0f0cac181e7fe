namespace Iexec.ServiceDefaults.Stores;

/// <summary>The two engines that a role can keep its state in.</summary>
public enum DatabaseKind
{
    /// <summary>A file beside the role; one process writes.</summary>
    Sqlite,

    /// <summary>A server; several copies of a role share it.</summary>
    PostgreSql,
}
