package dev.beckon.simulator.contract;

/** The whole contract, which each engine's test class implements. */
public interface EngineContract
        extends LoginContract,
                SessionContract,
                PeopleContract,
                MemberContract,
                ChatContract,
                AdministratorContract,
                MessageContract,
                CrowdContract,
                AuthorContract,
                PostContract,
                FormerPostContract,
                NumberedPostContract,
                SlowModeContract {}
