# What the compiler says of every broken policy; see policy.sh.
add_executable(golden_policy golden_policy.c)
target_link_libraries(golden_policy PRIVATE ${AMICUS_LAYER_TARGETS} amicus amicus_warnings)
add_test(NAME golden.policy COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/policy.sh $<TARGET_FILE:golden_policy>
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(golden.policy PROPERTIES TIMEOUT 120)
